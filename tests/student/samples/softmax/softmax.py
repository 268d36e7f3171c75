"""Softmax."""

import numpy as np


def softmax(x):
    """Probabilities along the last axis."""
    ### BEGIN SOLUTION
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
    ### END SOLUTION
