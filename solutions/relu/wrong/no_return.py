# fails: test_negative_is_zero, test_vector, test_number, test_unchanged, test_empty
# cause: nothing_returned
import numpy as np


def relu(x):
    y = np.maximum(x, 0)
    print(y)


def relu_grad(x):
    y = np.asarray(x) > 0
    print(y)
