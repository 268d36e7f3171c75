# fails: test_stride_with_remainder
# cause: size_rounded_up
import numpy as np


def conv2d(x, w, b, stride=1, padding=0):
    x, w, b = np.asarray(x, float), np.asarray(w, float), np.asarray(b, float)
    n, c, h, wd = x.shape
    f, _, kh, kw = w.shape
    if padding:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh = -(-(h + 2 * padding - kh) // stride) + 1
    ow = -(-(wd + 2 * padding - kw) // stride) + 1
    out = np.zeros((n, f, oh, ow))
    for i in range(oh):
        for j in range(ow):
            top, left = i * stride, j * stride
            patch = x[:, :, top : top + kh, left : left + kw]
            ph, pw = patch.shape[2:]
            out[:, :, i, j] = np.einsum("ncij,fcij->nf", patch, w[:, :, :ph, :pw]) + b
    return out
