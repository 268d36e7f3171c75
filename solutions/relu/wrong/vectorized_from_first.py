# fails: test_negative_first, test_empty, test_slope_of_nothing
# cause: type_of_first_element
import numpy as np


@np.vectorize
def relu(x):
    if x < 0:
        return 0
    return x


@np.vectorize
def relu_grad(x):
    return 1.0 if x > 0 else 0.0
