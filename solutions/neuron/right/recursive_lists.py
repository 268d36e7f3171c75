def _plain(a):
    return a.tolist() if hasattr(a, "tolist") else a


def preactivation(x, w, b):
    x, w = _plain(x), _plain(w)
    if isinstance(x[0], list):
        return [preactivation(row, w, b) for row in x]
    return sum(xi * wi for xi, wi in zip(x, w)) + b


def neuron(x, w, b, activation):
    x = _plain(x)
    if isinstance(x[0], list):
        return [neuron(row, w, b, activation) for row in x]
    return activation(preactivation(x, w, b))
