def relu(x):
    if hasattr(x, "tolist"):
        x = x.tolist()
    if isinstance(x, list):
        return [relu(v) for v in x]
    return x if x > 0 else 0


def relu_grad(x):
    if hasattr(x, "tolist"):
        x = x.tolist()
    if isinstance(x, list):
        return [relu_grad(v) for v in x]
    return int(x > 0)
