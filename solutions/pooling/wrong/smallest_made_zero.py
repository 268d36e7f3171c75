# fails: test_max, test_max_negative, test_default_stride
# cause: shifted_to_zero
import numpy as np


def max_pool2d(x, k, stride=None, padding=0):
    x = np.asarray(x)
    s = k if stride is None else stride
    x[np.isnan(x)] = 0
    x -= x.min()
    return np.lib.stride_tricks.sliding_window_view(
        np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding))), (k, k), axis=(2, 3)
    )[:, :, ::s, ::s].max(axis=(-2, -1))


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
