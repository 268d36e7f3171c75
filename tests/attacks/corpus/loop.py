"""Loops without end."""

import numpy as np


def relu(x):
    while True:
        pass


def relu_grad(x):
    return relu(x)
