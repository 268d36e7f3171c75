import numpy as np


def _gate(x1, x2, w, b):
    return int(np.sum(np.array([w, w]) * np.array([x1, x2])) + b > 0)


def xor_net(x1, x2):
    return _gate(_gate(x1, x2, -0.5, 0.7), _gate(x1, x2, 0.5, -0.2), 0.5, -0.7)


def xnor_net(x1, x2):
    return 1 - xor_net(x1, x2)
