# One whole-image product per kernel position; keeps float32 as float32.
import numpy as np


def conv2d(x, w, b, stride=1, padding=0):
    x, w, b = map(np.asarray, (x, w, b))
    dtype = np.float32 if x.dtype == w.dtype == np.float32 else np.float64
    n, _, h, width = x.shape
    f, c, kh, kw = w.shape
    canvas = np.zeros((n, c, h + 2 * padding, width + 2 * padding), dtype)
    canvas[:, :, padding : padding + h, padding : padding + width] = x
    full = np.zeros((n, f, canvas.shape[2] - kh + 1, canvas.shape[3] - kw + 1), dtype)
    for a in range(kh):
        for d in range(kw):
            piece = canvas[:, :, a : a + full.shape[2], d : d + full.shape[3]]
            full += np.tensordot(w[:, :, a, d].astype(dtype), piece, axes=(1, 1)).transpose(1, 0, 2, 3)
    return full[:, :, ::stride, ::stride] + b.reshape(1, -1, 1, 1)
