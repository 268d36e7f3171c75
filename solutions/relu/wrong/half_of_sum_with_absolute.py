# fails: test_unsigned
# cause: small_integers_overflow
import numpy as np


def relu(x):
    x = np.asarray(x)
    return (x + np.abs(x)) / 2


def relu_grad(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)
