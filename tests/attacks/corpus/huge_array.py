"""An array that nearly fills the frame."""

import numpy as np


def relu(x):
    return np.zeros(1 << 23)


def relu_grad(x):
    return relu(x)
