# fails: test_empty, test_slope_of_nothing
# cause: empty_array
import numpy as np


@np.vectorize
def relu(x):
    return max(0.0, float(x))


@np.vectorize
def relu_grad(x):
    return 1.0 if x > 0 else 0.0
