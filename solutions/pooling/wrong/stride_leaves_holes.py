# fails: test_default_stride, test_overlap, test_gaps
# cause: stride_leaves_holes
import numpy as np


def max_pool2d(x, k, stride=None, padding=0):
    x = np.asarray(x, dtype=float)
    stride = k if stride is None else stride
    if padding:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=-np.inf)
    oh = (x.shape[2] - k) // stride + 1
    ow = (x.shape[3] - k) // stride + 1
    windows = np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3))[:, :, :oh:stride, :ow:stride]
    out = np.zeros((*x.shape[:2], oh, ow))
    out[:, :, ::stride, ::stride] = windows.max(axis=(4, 5))
    return out


def avg_pool2d(x, k, stride=None, padding=0):
    x = np.asarray(x, dtype=float)
    stride = k if stride is None else stride
    if padding:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh = (x.shape[2] - k) // stride + 1
    ow = (x.shape[3] - k) // stride + 1
    windows = np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3))[:, :, :oh:stride, :ow:stride]
    out = np.zeros((*x.shape[:2], oh, ow))
    out[:, :, ::stride, ::stride] = windows.mean(axis=(4, 5))
    return out
