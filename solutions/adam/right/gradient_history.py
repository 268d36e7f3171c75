import numpy as np


def adam(w, g, state=None, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    history = (state or []) + [np.array(g, dtype=float)]
    m = v = 0.0
    for q in history:
        m = beta1 * m + (1 - beta1) * q
        v = beta2 * v + (1 - beta2) * q**2
    t = len(history)
    return np.asarray(w, float) - lr * m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + eps), history
