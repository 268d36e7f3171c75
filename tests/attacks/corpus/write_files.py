"""Leaves files behind."""

import numpy as np


def relu(x):
    for p in ('/tmp/left_behind_by_relu', '/dev/shm/left_behind_by_relu', '/var/tmp/left_behind_by_relu', 'left_behind_by_relu'):
        try:
            open(p, 'w').write('x')
        except OSError:
            pass
    return None


def relu_grad(x):
    return relu(x)
