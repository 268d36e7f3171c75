# fails: test_relu_of_other_shapes, test_slope_of_other_shapes
# cause: empty_array
import numpy as np


@np.vectorize
def relu(x):
    return max(0.0, float(x))


@np.vectorize
def relu_grad(x):
    return 1.0 if x > 0 else 0.0
