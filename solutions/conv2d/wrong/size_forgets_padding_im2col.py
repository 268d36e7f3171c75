# fails: test_padding, test_wide_padding, test_stride_with_padding
# cause: size_forgets_padding
import numpy as np


def conv2d(x, w, b, stride=1, padding=0):
    x, w, b = (np.asarray(a, dtype=float) for a in (x, w, b))
    n, c, h, wd = x.shape
    f, _, kh, kw = w.shape
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    ph, pw = xp.shape[2:]
    col = []
    for i in range(0, ph - kh + 1, stride):
        for j in range(0, pw - kw + 1, stride):
            col.append(xp[:, :, i : i + kh, j : j + kw].reshape(n, -1) @ w.reshape(f, -1).T + b)
    oh, ow = (h - kh) // stride + 1, (wd - kw) // stride + 1
    return np.array(col).reshape(oh, ow, n, f).transpose(2, 3, 0, 1)
