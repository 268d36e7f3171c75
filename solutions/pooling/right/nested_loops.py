import numpy as np


def pool(x, k, stride, padding, fill, reduce):
    x = np.array(x, dtype=float)
    if stride is None:
        stride = k
    n, c, h, w = x.shape
    big = np.full((n, c, h + 2 * padding, w + 2 * padding), fill)
    big[:, :, padding : padding + h, padding : padding + w] = x
    oh = int((h + 2 * padding - k) / stride + 1)
    ow = int((w + 2 * padding - k) / stride + 1)
    out = np.zeros((n, c, oh, ow))
    for m in range(n):
        for ch in range(c):
            for i in range(oh):
                for j in range(ow):
                    out[m, ch, i, j] = reduce(big[m, ch, i * stride : i * stride + k, j * stride : j * stride + k])
    return out


def max_pool2d(x, k, stride=None, padding=0):
    return pool(x, k, stride, padding, -np.inf, np.max)


def avg_pool2d(x, k, stride=None, padding=0):
    return pool(x, k, stride, padding, 0.0, np.mean)
