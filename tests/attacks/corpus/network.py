"""Opens a connection."""

import numpy as np

import socket


def relu(x):
    for address in (('127.0.0.1', 22), ('127.0.0.1', 80)):
        try:
            s = socket.create_connection(address, timeout=1)
            return np.zeros_like(x)
        except OSError:
            pass
    return None


def relu_grad(x):
    return relu(x)
