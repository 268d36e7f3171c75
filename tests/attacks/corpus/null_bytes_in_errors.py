"""Raises errors with control characters and markup."""

import numpy as np


def relu(x):
    raise ValueError('\x00\x1b[2J</td><script>alert(1)</script>\ud800')


def relu_grad(x):
    return relu(x)
