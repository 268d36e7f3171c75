import numpy as np


def adam(w, g, state=None, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    w, g = np.asarray(w), np.asarray(g)
    kind = w.dtype if w.dtype.kind == "f" else np.float64
    w, g = w.astype(kind), g.astype(kind)
    old = state or {}
    new = {
        "iter": old.get("iter", 0) + 1,
        "m": beta1 * old.get("m", np.zeros_like(w)) + (1 - beta1) * g,
        "v": beta2 * old.get("v", np.zeros_like(w)) + (1 - beta2) * np.square(g),
    }
    mt = new["m"] / (1 - beta1 ** new["iter"])
    vt = new["v"] / (1 - beta2 ** new["iter"])
    return np.subtract(w, lr * mt / (np.sqrt(vt) + eps)), new
