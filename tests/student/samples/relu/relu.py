"""ReLU and its gradient."""

import numpy as np


def relu(x):
    """Rectified linear unit: x where x > 0, otherwise 0."""
    ### BEGIN SOLUTION
    return np.maximum(np.asarray(x), 0)
    ### END SOLUTION


def relu_grad(x):
    """Derivative of `relu` at `x`: 1 where x > 0, otherwise 0."""
    ### BEGIN SOLUTION
    return np.where(np.asarray(x) > 0, 1.0, 0.0)
    ### END SOLUTION
