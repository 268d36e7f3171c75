"""Ignores the signal of the time limit and loops."""

import numpy as np

import signal


def relu(x):
    signal.signal(signal.SIGPROF, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 64))
    while True:
        pass


def relu_grad(x):
    return relu(x)
