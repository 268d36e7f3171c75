"""Raises an exception whose text never ends."""

import numpy as np

class Bomb(Exception):
    def __str__(self):
        while True:
            pass


def relu(x):
    raise Bomb('x' * 10 ** 8)


def relu_grad(x):
    return relu(x)
