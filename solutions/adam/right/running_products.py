import numpy as np


def adam(w, g, state=None, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    w = np.asarray(w)
    g = np.asarray(g)
    if w.dtype.kind in "iub":
        w = w.astype(float)
    m, v, p1, p2 = (0.0, 0.0, 1.0, 1.0) if state is None else state
    p1 *= beta1
    p2 *= beta2
    g = g.astype(float) if g.dtype.kind in "iub" else g
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    return w - lr * (m / (1 - p1)) / (np.sqrt(v / (1 - p2)) + eps), (m, v, p1, p2)
