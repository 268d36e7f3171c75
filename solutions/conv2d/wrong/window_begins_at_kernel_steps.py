# fails: test_asymmetric_kernel, test_both_signs, test_channels_are_summed
# cause: stride_of_kernel
import numpy as np


def conv2d(x, w, b, stride=1, padding=0):
    x, w, b = (np.asarray(a, dtype=float) for a in (x, w, b))
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = w.shape[2:]
    oh, ow = (xp.shape[2] - kh) // stride + 1, (xp.shape[3] - kw) // stride + 1
    out = np.empty((len(x), len(w), oh, ow))
    for i in range(oh):
        for j in range(ow):
            window = xp[:, :, i * kh : i * kh + kh, j * kw : j * kw + kw]
            out[:, :, i, j] = np.tensordot(window, w, axes=((1, 2, 3), (1, 2, 3)))
    return out + b[:, None, None]
