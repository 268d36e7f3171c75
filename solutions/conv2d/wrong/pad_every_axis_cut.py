# fails: test_padding, test_wide_padding, test_stride_with_padding
# cause: padding_every_axis
import numpy as np


def conv2d(x, w, b, stride=1, padding=0):
    x = np.asarray(x, dtype=float)
    w = np.asarray(w, dtype=float)
    b = np.asarray(b, dtype=float)
    N, C, H, W = x.shape
    F, _, kh, kw = w.shape
    xp = np.pad(x, padding)
    OH = (H + 2 * padding - kh) // stride + 1
    OW = (W + 2 * padding - kw) // stride + 1
    out = np.zeros((N, F, OH, OW))
    for i in range(OH):
        for j in range(OW):
            for f in range(F):
                out[:, f, i, j] = (xp[:N, :C, i * stride : i * stride + kh, j * stride : j * stride + kw] * w[f]).sum(
                    axis=(1, 2, 3)
                ) + b[f]
    return out
