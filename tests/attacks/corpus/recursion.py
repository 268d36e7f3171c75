"""Calls itself without end."""

import numpy as np

import sys


def relu(x):
    sys.setrecursionlimit(10 ** 9)
    return relu(x)


def relu_grad(x):
    return relu(x)
