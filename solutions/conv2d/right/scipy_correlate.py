import numpy as np
from scipy.signal import correlate


def conv2d(x, w, b, stride=1, padding=0):
    x, w = np.asarray(x, dtype=float), np.asarray(w, dtype=float)
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    maps = [[correlate(image, filt, mode="valid", method="direct")[0] for filt in w] for image in x]
    return np.array(maps)[:, :, ::stride, ::stride] + np.asarray(b)[None, :, None, None]
