# fails: test_asymmetric_kernel, test_both_signs, test_channels_are_summed
# cause: channels_last_input
import numpy as np


def conv2d(x, w, b, stride=1, padding=0):
    x, w, b = np.asarray(x, float), np.asarray(w, float), np.asarray(b, float)
    x = x.transpose(0, 3, 1, 2)
    n, c, h, wd = x.shape
    f, _, kh, kw = w.shape
    if padding:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh = (h + 2 * padding - kh) // stride + 1
    ow = (wd + 2 * padding - kw) // stride + 1
    out = np.zeros((n, f, oh, ow))
    for i in range(oh):
        for j in range(ow):
            top, left = i * stride, j * stride
            patch = x[:, :, top : top + kh, left : left + kw]
            out[:, :, i, j] = np.einsum("ncij,fcij->nf", patch, w) + b
    return out
