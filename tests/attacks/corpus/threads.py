"""Leaves threads running."""

import numpy as np

import threading


def spin():
    while True:
        pass


def relu(x):
    for _ in range(50):
        try:
            threading.Thread(target=spin).start()
        except RuntimeError:
            break
    return None


def relu_grad(x):
    return relu(x)
