import numpy as np


def adam(w, g, state=None, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """The state is a function that takes one gradient and gives the averages after it."""
    old = state or (lambda: (0.0, 0.0, 1.0, 1.0))
    m, v, p1, p2 = old()
    g = np.array(g, dtype=float)
    now = (beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2, p1 * beta1, p2 * beta2)
    w_new = np.array(w, dtype=float) - lr * now[0] / (1 - now[2]) / (np.sqrt(now[1] / (1 - now[3])) + eps)
    return w_new, lambda: now
