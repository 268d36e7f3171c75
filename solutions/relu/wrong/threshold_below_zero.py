# fails: test_small_positive_values_pass_through, test_vector_of_both_signs
# cause: threshold_not_zero
import numpy as np


def relu(x):
    x = np.array(x)
    return np.where(x > -1, x, 0)


def relu_grad(x):
    return (np.asarray(x) > 0).astype(float)
