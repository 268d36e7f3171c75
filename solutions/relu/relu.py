"""ReLU and its gradient.

An exercise of the unit "activations". The statement is in ``statement.en.md``.
"""

import numpy as np


def relu(x):
    """Rectified linear unit: x where x > 0, otherwise 0. Works element by element.

    Parameters
    ----------
    x : array_like
        Any shape, also a plain number. Integers, float32 and lists are accepted.

    Returns
    -------
    ndarray
        A new array of the same shape as `x`. `x` itself is not modified.
    """
    ### BEGIN SOLUTION
    return np.maximum(np.asarray(x), 0)
    ### END SOLUTION


def relu_grad(x):
    """Derivative of `relu` at `x`: 1 where x > 0, otherwise 0. At x = 0 it is 0.

    Parameters
    ----------
    x : array_like
        The *input* of relu (not its output), of any shape.

    Returns
    -------
    ndarray
        0 or 1 for each element, same shape as `x`.
    """
    ### BEGIN SOLUTION
    return np.where(np.asarray(x) > 0, 1.0, 0.0)
    ### END SOLUTION
