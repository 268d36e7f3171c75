"""An integer of a million digits."""

import numpy as np


def relu(x):
    return 10 ** 1000000


def relu_grad(x):
    return relu(x)
