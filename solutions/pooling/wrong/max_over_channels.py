# fails: test_images_and_channels, test_together
# cause: channels_merged
import numpy as np


def max_pool2d(x, k, stride=None, padding=0):
    x = np.asarray(x, dtype=float)
    s = k if stride is None else stride
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=-np.inf)
    N, C, H, W = xp.shape
    oh, ow = (H - k) // s + 1, (W - k) // s + 1
    y = np.zeros((N, C, oh, ow))
    for n in range(N):
        for i in range(oh):
            for j in range(ow):
                y[n, :, i, j] = xp[n, :, i * s : i * s + k, j * s : j * s + k].max()
    return y


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
