# fails: test_gaps, test_overlap, test_padding
# cause: size_image_over_window
import numpy as np


def _pool(x, k, stride, padding, reduce, fill):
    x = np.asarray(x, dtype=float)
    stride = k if stride is None else stride
    n, c, h, w = x.shape
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=fill)
    oh, ow = h // k, w // k
    out = np.zeros((n, c, oh, ow))
    for i in range(oh):
        for j in range(ow):
            patch = xp[:, :, i * stride : i * stride + k, j * stride : j * stride + k]
            out[:, :, i, j] = reduce(patch, axis=(2, 3))
    return out


def max_pool2d(x, k, stride=None, padding=0):
    return _pool(x, k, stride, padding, np.max, -np.inf)


def avg_pool2d(x, k, stride=None, padding=0):
    return _pool(x, k, stride, padding, np.mean, 0.0)
