import numpy as np


def adam(w, g, state=None, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """The state is every gradient so far; both averages are computed anew as weighted means."""
    history = [*(state or []), np.array(g, dtype=float)]
    ages = np.arange(len(history))[::-1]
    gs = np.stack(history)
    mean = np.average(gs, axis=0, weights=beta1**ages)
    square = np.average(gs**2, axis=0, weights=beta2**ages)
    return np.asarray(w, dtype=float) - lr * mean / (np.sqrt(square) + eps), history
