"""Answers each call with as many bytes as a frame can hold."""

import numpy as np

NOTHING = np.zeros(1 << 26, np.uint8)


def relu(x):
    return NOTHING


def relu_grad(x):
    return relu(x)
