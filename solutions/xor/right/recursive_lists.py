def xnor_net(x1, x2):
    if hasattr(x1, "tolist"):
        x1, x2 = x1.tolist(), x2.tolist()
    if isinstance(x1, list):
        return [xnor_net(a, b) for a, b in zip(x1, x2)]
    n1, n2 = max(0, x1 + x2), max(0, x1 + x2 - 1)
    return max(0, -n1 + 2 * n2 + 1)


def xor_net(x1, x2):
    if hasattr(x1, "tolist"):
        x1, x2 = x1.tolist(), x2.tolist()
    if isinstance(x1, list):
        return [xor_net(a, b) for a, b in zip(x1, x2)]
    n1, n2 = max(0, x1 + x2), max(0, x1 + x2 - 1)
    return max(0, n1 - 2 * n2)
