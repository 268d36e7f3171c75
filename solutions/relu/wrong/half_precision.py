# fails: test_large_values_pass_through, test_all_digits
# cause: half_precision
import numpy as np


def relu(x):
    return np.maximum(0, np.asarray(x, dtype=np.float16))


def relu_grad(x):
    return (np.asarray(x) > 0).astype(float)
