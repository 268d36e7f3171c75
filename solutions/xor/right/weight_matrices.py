import numpy as np

W1 = np.array([[1.0, 1.0], [1.0, 1.0]])
B1 = np.array([0.0, -1.0])


def _layer(x, w, b):
    return np.clip(x @ w + b, 0, None)


def xnor_net(x1, x2):
    h = _layer(np.stack([np.asarray(x1), np.asarray(x2)], axis=-1), W1, B1)
    return _layer(h, np.array([-1.0, 2.0]), 1.0)


def xor_net(x1, x2):
    h = _layer(np.stack([np.asarray(x1), np.asarray(x2)], axis=-1), W1, B1)
    return _layer(h, np.array([1.0, -2.0]), 0.0)
