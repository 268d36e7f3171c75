# fails: test_unchanged, test_number
# cause: mutated_argument
import numpy as np


def relu(x):
    x[x < 0] = 0
    return x


def relu_grad(x):
    return (np.asarray(x) > 0).astype(float)
