# fails: test_channels_are_summed, test_whole_layer
# cause: first_channel_only
import numpy as np


def conv2d(x, w, b, stride=1, padding=0):
    x, w, b = (np.asarray(a, dtype=float) for a in (x, w, b))
    n, c, h, wd = x.shape
    f, _, kh, kw = w.shape
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh, ow = (h + 2 * padding - kh) // stride + 1, (wd + 2 * padding - kw) // stride + 1
    out = np.zeros((n, f, oh, ow))
    for m in range(n):
        for k in range(f):
            for i in range(oh):
                for j in range(ow):
                    window = xp[m, :1, i * stride : i * stride + kh, j * stride : j * stride + kw]
                    out[m, k, i, j] = np.sum(window * w[k]) + b[k]
    return out
