import numpy as np


def adam(w, g, state=None, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """Kingma and Ba, end of section 2: both corrections moved into the learning rate."""
    w, g = np.asarray(w, dtype=float), np.asarray(g, dtype=float)
    m, v, t = state or (0, 0, 0)
    t += 1
    lr_t = lr * np.sqrt(1.0 - beta2**t) / (1.0 - beta1**t)
    m = m + (1 - beta1) * (g - m)
    v = v + (1 - beta2) * (g**2 - v)
    return w - lr_t * m / (np.sqrt(v) + eps), (m, v, t)
