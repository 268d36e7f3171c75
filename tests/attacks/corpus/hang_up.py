"""Closes the connection."""

import numpy as np

import os


def relu(x):
    os.close(3)
    return None


def relu_grad(x):
    return relu(x)
