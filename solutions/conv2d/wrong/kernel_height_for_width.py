# fails: test_rectangular_kernel
# cause: kernel_taken_as_square
import numpy as np


def conv2d(x, w, b, stride=1, padding=0):
    x = np.asarray(x, dtype=float)
    w = np.asarray(w, dtype=float)
    b = np.asarray(b, dtype=float)
    N, C, H, W = x.shape
    F, _, kh, kw = w.shape
    k = kh
    xp = np.zeros((N, C, H + 2 * padding, W + 2 * padding))
    xp[:, :, padding : padding + H, padding : padding + W] = x
    OH = (H + 2 * padding - k) // stride + 1
    OW = (W + 2 * padding - k) // stride + 1
    out = np.zeros((N, F, OH, OW))
    for i in range(OH):
        for j in range(OW):
            for f in range(F):
                out[:, f, i, j] = (xp[:, :, i * stride : i * stride + k, j * stride : j * stride + k] * w[f]).sum(
                    axis=(1, 2, 3)
                ) + b[f]
    return out
