"""An object with an impossible length."""

import numpy as np

class Odd:
    def __len__(self):
        return -1
    def __iter__(self):
        return self
    def __next__(self):
        return self


def relu(x):
    return Odd()


def relu_grad(x):
    return relu(x)
