# may lose: images, together
import numpy as np


def conv2d(x, w, b, stride=1, padding=0):
    x, w, b = (np.asarray(a, dtype=float) for a in (x, w, b))
    image = np.pad(x[0], ((0, 0), (padding, padding), (padding, padding)))
    f, _, kh, kw = w.shape
    oh, ow = (image.shape[1] - kh) // stride + 1, (image.shape[2] - kw) // stride + 1
    out = np.zeros((1, f, oh, ow))
    for i in range(oh):
        for j in range(ow):
            patch = image[:, i * stride : i * stride + kh, j * stride : j * stride + kw]
            out[0, :, i, j] = np.sum(patch * w, axis=(1, 2, 3)) + b
    return out
