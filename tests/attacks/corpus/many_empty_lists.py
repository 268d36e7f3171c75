"""Forty megabytes of empty lists."""

import numpy as np


def relu(x):
    return [[] for _ in range(4000000)]


def relu_grad(x):
    return relu(x)
