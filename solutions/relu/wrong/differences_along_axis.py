# fails: test_slope_of_both_signs, test_slope_of_positive_inputs
# cause: difference_of_neighbours
import numpy as np


def relu(x):
    x = np.asarray(x)
    return x * (x > 0)


def relu_grad(x):
    return np.gradient(relu(x))
