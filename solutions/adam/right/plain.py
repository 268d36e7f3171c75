import numpy as np


def adam(w, g, state=None, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    w, g = np.array(w, dtype=float), np.array(g, dtype=float)
    m, v, t = state if state is not None else (np.zeros_like(w), np.zeros_like(w), 0)
    t = t + 1
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    w_new = w - lr * m_hat / (np.sqrt(v_hat) + eps)
    return w_new, (m, v, t)
