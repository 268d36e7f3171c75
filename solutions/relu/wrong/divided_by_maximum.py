# fails: test_negative_is_zero, test_vector, test_number, test_unchanged, test_empty
# cause: divided_by_maximum
import numpy as np


def relu(x):
    y = np.maximum(x, 0)
    return y / np.max(y)


def relu_grad(x):
    return (np.asarray(x) > 0).astype(float)
