# may lose: channels, together
import numpy as np


def conv2d(x, w, b, stride=1, padding=0):
    x, w, b = (np.asarray(a, dtype=float) for a in (x, w, b))
    n, c, h, wd = x.shape
    f, _, kh, kw = w.shape
    oh, ow = (h + 2 * padding - kh) // stride + 1, (wd + 2 * padding - kw) // stride + 1
    out = np.zeros((n, f, oh, ow))
    for m in range(n):
        image = np.pad(x[m, 0], padding)
        for k in range(f):
            for i in range(oh):
                for j in range(ow):
                    patch = image[i * stride : i * stride + kh, j * stride : j * stride + kw]
                    out[m, k, i, j] = np.sum(patch * w[k, 0]) + b[k]
    return out
