# fails: test_matrix_of_both_signs, test_relu_of_other_shapes
# cause: flattened
import numpy as np


def relu(x):
    return np.array([max(0.0, float(v)) for v in np.ravel(x)])


def relu_grad(x):
    return np.array([1.0 if v > 0 else 0.0 for v in np.ravel(x)])
