import numpy as np


def max_pool2d(x, k, stride=None, padding=0):
    x = np.asarray(x, dtype=float)
    stride = k if stride is None else stride
    if padding:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=-np.inf)
    windows = np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3))[:, :, ::stride, ::stride]
    return windows.max(axis=(4, 5))


def avg_pool2d(x, k, stride=None, padding=0):
    x = np.asarray(x, dtype=float)
    stride = k if stride is None else stride
    if padding:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3))[:, :, ::stride, ::stride]
    return windows.mean(axis=(4, 5))
