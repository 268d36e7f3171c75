# fails: test_padding, test_wide_padding, test_stride_with_padding
# cause: size_forgets_padding
import numpy as np


def conv2d(x, w, b, stride=1, padding=0):
    x, w, b = (np.asarray(a, dtype=float) for a in (x, w, b))
    n, c, h, wd = x.shape
    f, _, kh, kw = w.shape
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(xp, (kh, kw), axis=(2, 3))[:, :, ::stride, ::stride]
    col = windows.transpose(0, 2, 3, 1, 4, 5).reshape(-1, c * kh * kw)
    oh, ow = (h - kh) // stride + 1, (wd - kw) // stride + 1
    return (col @ w.reshape(f, -1).T + b).reshape(n, oh, ow, -1).transpose(0, 3, 1, 2)
