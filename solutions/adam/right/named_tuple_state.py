import numpy as np

from collections import namedtuple

AdamState = namedtuple("AdamState", "moments count")


def adam(w, g, state=None, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    w = np.asarray(w, dtype=np.float64)
    g = np.asarray(g, dtype=np.float64)
    if state is None:
        state = AdamState(np.zeros((2,) + w.shape), 0)
    beta = np.array([beta1, beta2]).reshape((2,) + (1,) * w.ndim)
    mom = beta * state.moments + (1 - beta) * np.stack([g, g * g])
    n = state.count + 1
    hat = mom / (1 - beta**n)
    return w - lr * hat[0] / (np.sqrt(hat[1]) + eps), AdamState(mom, n)
