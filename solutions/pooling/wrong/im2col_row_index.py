# fails: test_rectangular_image, test_together
# cause: im2col_row_index
import numpy as np


def _pool(x, k, stride, padding, reduce, fill):
    x = np.asarray(x, dtype=float)
    stride = k if stride is None else stride
    n, c, h, w = x.shape
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=fill)
    oh, ow = (h + 2 * padding - k) // stride + 1, (w + 2 * padding - k) // stride + 1
    col = np.zeros((n, c, oh * ow, k * k))
    for i in range(oh):
        for j in range(ow):
            patch = xp[:, :, i * stride : i * stride + k, j * stride : j * stride + k]
            col[:, :, i * oh + j] = patch.reshape(n, c, k * k)
    return reduce(col, axis=3).reshape(n, c, oh, ow)


def max_pool2d(x, k, stride=None, padding=0):
    return _pool(x, k, stride, padding, np.max, -np.inf)


def avg_pool2d(x, k, stride=None, padding=0):
    return _pool(x, k, stride, padding, np.mean, 0.0)
