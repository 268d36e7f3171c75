# fails: test_integers
# cause: integer_buffers
import numpy as np


def adam(w, g, state=None, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    w = np.asarray(w)
    g = np.asarray(g)
    if state is None:
        m = np.zeros_like(w)
        v = np.zeros_like(w)
        t = 0
    else:
        m, v, t = state
        m = m.copy()
        v = v.copy()
    t += 1
    m[...] = beta1 * m + (1 - beta1) * g
    v[...] = beta2 * v + (1 - beta2) * g**2
    mh = m / (1 - beta1**t)
    vh = v / (1 - beta2**t)
    return w - lr * mh / (np.sqrt(vh) + eps), (m, v, t)
