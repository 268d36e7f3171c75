# fails: test_stride, test_stride_with_remainder, test_stride_with_padding
# cause: stride_leaves_holes
import numpy as np


def conv2d(x, w, b, stride=1, padding=0):
    x, w, b = (np.asarray(a, dtype=float) for a in (x, w, b))
    n, c, h, wd = x.shape
    f, _, kh, kw = w.shape
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh, ow = (h + 2 * padding - kh) // stride + 1, (wd + 2 * padding - kw) // stride + 1
    out = np.zeros((n, f, oh, ow))
    for m in range(n):
        for k in range(f):
            for i in range(0, h + 2 * padding - kh + 1, stride):
                for j in range(0, wd + 2 * padding - kw + 1, stride):
                    window = xp[m, :, i : i + kh, j : j + kw]
                    out[m, k, i, j] = np.sum(window * w[k]) + b[k]
    return out
