import numpy as np


def max_pool2d(x, k, stride=None, padding=0):
    x = np.asarray(x)
    s = k if stride is None else stride
    low = np.iinfo(x.dtype).min if x.dtype.kind in "iu" else -np.inf
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=low)
    N, C, H, W = x.shape
    return np.stack(
        [
            np.stack([x[..., i : i + k, j : j + k].reshape(N, C, -1).max(-1) for j in range(0, W - k + 1, s)], -1)
            for i in range(0, H - k + 1, s)
        ],
        -2,
    )


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
