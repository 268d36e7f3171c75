"""Prints without end."""

import numpy as np

import os, sys


def relu(x):
    while True:
        os.write(1, b'x' * 65536)
        print('y' * 65536)
        sys.stderr.write('z' * 65536)


def relu_grad(x):
    return relu(x)
