# fails: test_max_padding, test_avg_padding
# cause: padding_ignored
import numpy as np


def max_pool2d(x, k, stride=None, padding=0):
    x = np.asarray(x, dtype=float)
    stride = k if stride is None else stride
    n, c, h, w = x.shape
    oh = (h - k) // stride + 1
    ow = (w - k) // stride + 1
    out = np.zeros((n, c, oh, ow))
    for i in range(oh):
        for j in range(ow):
            top, left = i * stride, j * stride
            window = x[:, :, top : top + k, left : left + k]
            out[:, :, i, j] = window.max(axis=(2, 3))
    return out


def avg_pool2d(x, k, stride=None, padding=0):
    x = np.asarray(x, dtype=float)
    stride = k if stride is None else stride
    n, c, h, w = x.shape
    oh = (h - k) // stride + 1
    ow = (w - k) // stride + 1
    out = np.zeros((n, c, oh, ow))
    for i in range(oh):
        for j in range(ow):
            top, left = i * stride, j * stride
            window = x[:, :, top : top + k, left : left + k]
            out[:, :, i, j] = window.mean(axis=(2, 3))
    return out
