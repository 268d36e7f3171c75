# fails: test_views
# cause: memory_layout_assumed
import numpy as np
from numpy.lib.stride_tricks import as_strided


def conv2d(x, w, b, stride=1, padding=0):
    x, w, b = np.asarray(x, float), np.asarray(w, float), np.asarray(b, float)
    if padding:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    n, c, h, wd = x.shape
    f, _, kh, kw = w.shape
    oh, ow = (h - kh) // stride + 1, (wd - kw) // stride + 1
    s = x.itemsize
    steps = (c * h * wd * s, h * wd * s, wd * s, s, stride * wd * s, stride * s)
    patches = as_strided(x.ravel(order="K"), (n, c, kh, kw, oh, ow), steps)
    return np.einsum("ncijyx,fcij->nfyx", patches, w) + b[:, None, None]
