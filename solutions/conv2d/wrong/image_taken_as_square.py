# fails: test_rectangular_image, test_rectangular_kernel
# cause: image_taken_as_square
import numpy as np


def conv2d(x, w, b, stride=1, padding=0):
    x, w, b = np.asarray(x, float), np.asarray(w, float), np.asarray(b, float)
    n, c, h, wd = x.shape
    f, _, kh, kw = w.shape
    if padding:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh = (h + 2 * padding - kh) // stride + 1
    ow = oh
    out = np.zeros((n, f, oh, ow))
    for i in range(oh):
        for j in range(ow):
            top, left = i * stride, j * stride
            patch = x[:, :, top : top + kh, left : left + kw]
            if patch.shape[2:] != (kh, kw):
                break
            out[:, :, i, j] = np.einsum("ncij,fcij->nf", patch, w) + b
    return out
