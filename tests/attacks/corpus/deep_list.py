"""A list nested a hundred thousand deep."""

import numpy as np


def relu(x):
    v = []
    for _ in range(100000):
        v = [v]
    return v


def relu_grad(x):
    return relu(x)
