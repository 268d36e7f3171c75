# fails: test_asymmetric_kernel, test_stride_fits
# cause: padding_always_full
import numpy as np


def conv2d(x, w, b, stride=1, padding=0):
    x, w, b = np.asarray(x, float), np.asarray(w, float), np.asarray(b, float)
    n, c, h, wd = x.shape
    f, _, kh, kw = w.shape
    x = np.pad(x, ((0, 0), (0, 0), (kh - 1, kh - 1), (kw - 1, kw - 1)))
    oh = (h + kh - 2) // stride + 1
    ow = (wd + kw - 2) // stride + 1
    out = np.zeros((n, f, oh, ow))
    for i in range(oh):
        for j in range(ow):
            top, left = i * stride, j * stride
            patch = x[:, :, top : top + kh, left : left + kw]
            out[:, :, i, j] = np.einsum("ncij,fcij->nf", patch, w) + b
    return out
