# fails: test_max, test_max_negative, test_default_stride
# cause: two_axes_only
import numpy as np


def max_pool2d(x, k, stride=None, padding=0):
    x = np.asarray(x, dtype=float)
    s = k if stride is None else stride
    H, W = x.shape
    return np.array([[x[i : i + k, j : j + k].max() for j in range(0, W - k + 1, s)] for i in range(0, H - k + 1, s)])


def avg_pool2d(x, k, stride=None, padding=0):
    x = np.asarray(x, dtype=float)
    s = k if stride is None else stride
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    N, C, H, W = xp.shape
    oh, ow = (H - k) // s + 1, (W - k) // s + 1
    y = np.zeros((N, C, oh, ow))
    for i in range(oh):
        for j in range(ow):
            y[:, :, i, j] = xp[:, :, i * s : i * s + k, j * s : j * s + k].mean(axis=(2, 3))
    return y
