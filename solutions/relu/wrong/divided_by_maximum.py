# fails: test_vector_of_both_signs, test_relu_of_a_number
# cause: divided_by_maximum
import numpy as np


def relu(x):
    y = np.maximum(x, 0)
    return y / np.max(y)


def relu_grad(x):
    return (np.asarray(x) > 0).astype(float)
