import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x)
    if x.dtype.kind in "iub":
        x = x.astype(float)
    x = np.moveaxis(x, axis, -1)
    e = np.exp(x - x.max(axis=-1)[..., np.newaxis])
    e = e / np.einsum("...k->...", e)[..., np.newaxis]
    return np.moveaxis(e, -1, axis)
