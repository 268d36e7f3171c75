# fails: test_stride_fits, test_all_with_stride
# cause: stride_leaves_holes
import numpy as np


def conv2d(x, w, b, stride=1, padding=0):
    x, w, b = np.asarray(x, float), np.asarray(w, float), np.asarray(b, float)
    n, c, h, wd = x.shape
    f, _, kh, kw = w.shape
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh = (h + 2 * padding - kh) // stride + 1
    ow = (wd + 2 * padding - kw) // stride + 1
    out = np.zeros((n, f, oh, ow))
    for i in range(0, oh, stride):
        for j in range(0, ow, stride):
            top, left = i, j
            patch = x[:, :, top : top + kh, left : left + kw]
            out[:, :, i, j] = np.einsum("ncij,fcij->nf", patch, w) + b
    return out
