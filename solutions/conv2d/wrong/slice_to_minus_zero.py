# fails: test_asymmetric_kernel, test_both_signs, test_channels_are_summed
# cause: empty_slice
import numpy as np


def conv2d(x, w, b, stride=1, padding=0):
    x = np.asarray(x, dtype=float)
    w = np.asarray(w, dtype=float)
    b = np.asarray(b, dtype=float)
    N, C, H, W = x.shape
    F, _, kh, kw = w.shape
    xp = np.zeros((N, C, H + 2 * padding, W + 2 * padding))
    xp[:, :, padding:-padding, padding:-padding] = x
    OH = (H + 2 * padding - kh) // stride + 1
    OW = (W + 2 * padding - kw) // stride + 1
    out = np.zeros((N, F, OH, OW))
    for i in range(OH):
        for j in range(OW):
            for f in range(F):
                out[:, f, i, j] = (xp[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw] * w[f]).sum(
                    axis=(1, 2, 3)
                ) + b[f]
    return out
