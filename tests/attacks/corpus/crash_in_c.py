"""Makes the interpreter crash."""

import numpy as np

import ctypes


def relu(x):
    ctypes.string_at(0)


def relu_grad(x):
    return relu(x)
