# fails: test_stride, test_stride_with_remainder, test_stride_with_padding
# cause: stride_on_the_input
import numpy as np


def conv2d(x, w, b, stride=1, padding=0):
    x = np.asarray(x, dtype=float)
    w = np.asarray(w, dtype=float)
    b = np.asarray(b, dtype=float)
    N, C, H, W = x.shape
    F, _, kh, kw = w.shape
    xp = np.zeros((N, C, H + 2 * padding, W + 2 * padding))
    xp[:, :, padding : padding + H, padding : padding + W] = x
    OH = (H + 2 * padding - kh) // stride + 1
    OW = (W + 2 * padding - kw) // stride + 1
    out = np.zeros((N, F, OH, OW))
    for i in range(0, OH, stride):
        for j in range(0, OW, stride):
            for f in range(F):
                out[:, f, i, j] = (xp[:, :, i : i + kh, j : j + kw] * w[f]).sum(axis=(1, 2, 3)) + b[f]
    return out
