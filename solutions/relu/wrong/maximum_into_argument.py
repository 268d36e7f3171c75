# fails: test_unchanged, test_number
# cause: mutated_argument
import numpy as np


def relu(x):
    np.maximum(x, 0, out=x)
    return x


def relu_grad(x):
    return (np.asarray(x) > 0).astype(float)
