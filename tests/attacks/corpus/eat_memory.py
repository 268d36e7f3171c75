"""Allocates until it can't."""

import numpy as np


def relu(x):
    hoard = []
    while True:
        hoard.append(np.ones(1 << 20))


def relu_grad(x):
    return relu(x)
