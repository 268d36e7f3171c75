"""Sleeps without end."""

import numpy as np

import time


def relu(x):
    time.sleep(10 ** 6)


def relu_grad(x):
    return relu(x)
