"""Claims to have changed arguments that aren't there."""

import numpy as np

import os, struct, sys


def relu(x):
    import msgpack
    f = sys._getframe()
    while f and 'nonce' not in f.f_locals:
        f = f.f_back
    nonce = f.f_locals['nonce'] if f else b''
    meta = msgpack.packb(['ok', nonce, None, [[99, [1]], [0, [6, '|O8', [1], 0, 8, None, 0, True]]]])
    os.write(3, struct.pack('<4sII', b'AGW1', len(meta), 0) + meta)
    return None


def relu_grad(x):
    return relu(x)
