"""Yields for ever instead of returning."""

import numpy as np


def relu(x):
    while True:
        yield 1.0


def relu_grad(x):
    return relu(x)
