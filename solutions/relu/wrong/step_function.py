# fails: test_small_positive_values_pass_through, test_vector_of_both_signs, test_relu_of_integers
# cause: step_function
import numpy as np


def relu(x):
    return (np.asarray(x) > 0) * 1.0


def relu_grad(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)
