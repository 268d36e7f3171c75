# fails: test_unsigned
# cause: small_integers_overflow
import numpy as np


def relu(x):
    return -np.minimum(-np.asarray(x), 0)


def relu_grad(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)
