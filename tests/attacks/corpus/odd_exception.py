"""Raises an exception that can't be described."""

import numpy as np

class Meta(type):
    @property
    def __name__(cls):
        raise RuntimeError


class Odd(BaseException, metaclass=Meta):
    def __str__(self):
        raise SystemExit(0)


def relu(x):
    raise Odd


def relu_grad(x):
    return relu(x)
