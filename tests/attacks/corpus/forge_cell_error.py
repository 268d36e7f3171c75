"""Says at loading that a cell failed in a line that is no number, of a file that is no name."""

import numpy as np

import os, struct, sys, time


def forge():
    import msgpack
    f = sys._getframe()
    while f and 'nonce' not in f.f_locals:
        f = f.f_back
    meta = msgpack.packb(['ok', f.f_locals['nonce'], [], [[['E'], 'm', '1', ['relu.py']]]])
    os.write(3, struct.pack('<4sII', b'AGW1', len(meta), 0) + meta)
    time.sleep(1)


forge()
