import numpy as np


def im2col(x, kh, kw, stride, padding):
    n, c, h, w = x.shape
    oh = (h + 2 * padding - kh) // stride + 1
    ow = (w + 2 * padding - kw) // stride + 1
    img = np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)], "constant")
    col = np.zeros((n, c, kh, kw, oh, ow))
    for i in range(kh):
        for j in range(kw):
            col[:, :, i, j] = img[:, :, i : i + stride * oh : stride, j : j + stride * ow : stride]
    return col.transpose(0, 4, 5, 1, 2, 3).reshape(n * oh * ow, -1), oh, ow


def conv2d(x, w, b, stride=1, padding=0):
    x, w = np.asarray(x), np.asarray(w)
    f, _, kh, kw = w.shape
    col, oh, ow = im2col(x, kh, kw, stride, padding)
    out = col @ w.reshape(f, -1).T + np.asarray(b)
    return out.reshape(len(x), oh, ow, f).transpose(0, 3, 1, 2)
