import numpy as np

def _relu(s):
    return s if s > 0 else 0.0


_xnor = np.vectorize(lambda a, b: _relu(1 - _relu(a + b) + 2 * _relu(a + b - 1)), otypes=[float])
_xor = np.vectorize(lambda a, b: _relu(_relu(a + b) - 2 * _relu(a + b - 1)), otypes=[float])


def xnor_net(x1, x2):
    return _xnor(x1, x2)


def xor_net(x1, x2):
    return _xor(x1, x2)
