# may lose: own_state, unchanged, defaults
import numpy as np


_states = {}


def adam(w, g, state=None, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    w, g = np.array(w, dtype=float), np.array(g, dtype=float)
    if state is None:
        _states["m"], _states["v"], _states["t"] = np.zeros_like(w), np.zeros_like(w), 0
    _states["t"] += 1
    _states["m"] = beta1 * _states["m"] + (1 - beta1) * g
    _states["v"] = beta2 * _states["v"] + (1 - beta2) * g**2
    m_hat = _states["m"] / (1 - beta1 ** _states["t"])
    v_hat = _states["v"] / (1 - beta2 ** _states["t"])
    return w - lr * m_hat / (np.sqrt(v_hat) + eps), "kept elsewhere"
