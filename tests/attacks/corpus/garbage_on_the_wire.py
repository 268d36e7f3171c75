"""Writes noise on the connection."""

import numpy as np

import os


def relu(x):
    os.write(3, os.urandom(4096))
    return None


def relu_grad(x):
    return relu(x)
