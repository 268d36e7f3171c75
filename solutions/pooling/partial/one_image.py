# may lose: images, together
import numpy as np


def _pool(x, k, stride, padding, reduce, fill):
    x = np.asarray(x, dtype=float)
    stride = k if stride is None else stride
    n, c, h, w = x.shape
    image = np.pad(x[0, 0], padding, constant_values=fill)
    oh, ow = (h + 2 * padding - k) // stride + 1, (w + 2 * padding - k) // stride + 1
    out = np.zeros((1, 1, oh, ow))
    for i in range(oh):
        for j in range(ow):
            out[0, 0, i, j] = reduce(image[i * stride : i * stride + k, j * stride : j * stride + k])
    return out


def max_pool2d(x, k, stride=None, padding=0):
    return _pool(x, k, stride, padding, np.max, -np.inf)


def avg_pool2d(x, k, stride=None, padding=0):
    return _pool(x, k, stride, padding, np.mean, 0.0)
