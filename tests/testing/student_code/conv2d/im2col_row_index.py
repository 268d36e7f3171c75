import numpy as np


def conv2d(x, w, b, stride=1, padding=0):
    x, w, b = (np.asarray(a, dtype=float) for a in (x, w, b))
    n, c, h, wd = x.shape
    f, _, kh, kw = w.shape
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh, ow = (h + 2 * padding - kh) // stride + 1, (wd + 2 * padding - kw) // stride + 1
    out = np.zeros((n, f, oh, ow))
    for m in range(n):
        col = np.zeros((oh * ow, c * kh * kw))
        for i in range(oh):
            for j in range(ow):
                row = i * oh + j
                col[row] = xp[m, :, i * stride : i * stride + kh, j * stride : j * stride + kw].ravel()
        out[m] = (col @ w.reshape(f, -1).T + b).T.reshape(f, oh, ow)
    return out
