# fails: test_asymmetric_kernel, test_both_signs, test_channels_are_summed
# cause: size_without_kernel
import numpy as np


def conv2d(x, w, b, stride=1, padding=0):
    x, w, b = np.asarray(x, float), np.asarray(w, float), np.asarray(b, float)
    n, c, h, wd = x.shape
    f, _, kh, kw = w.shape
    if padding:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh = (h + 2 * padding) // stride
    ow = (wd + 2 * padding) // stride
    out = np.zeros((n, f, oh, ow))
    for i in range(oh):
        for j in range(ow):
            top, left = i * stride, j * stride
            patch = x[:, :, top : top + kh, left : left + kw]
            ph, pw = patch.shape[2:]
            out[:, :, i, j] = np.einsum("ncij,fcij->nf", patch, w[:, :, :ph, :pw]) + b
    return out
