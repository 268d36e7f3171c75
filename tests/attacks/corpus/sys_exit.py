"""Raises SystemExit."""

import numpy as np

import sys


def relu(x):
    sys.exit(0)


def relu_grad(x):
    return relu(x)
