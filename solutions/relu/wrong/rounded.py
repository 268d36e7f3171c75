# fails: test_all_digits
# cause: rounded
import numpy as np


def relu(x):
    return np.round(np.maximum(x, 0), 2)


def relu_grad(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)
