# fails: test_first_step, test_second_step, test_many_steps
# cause: square_of_m
import numpy as np


def adam(w, g, state=None, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    w = np.asarray(w, dtype=float)
    g = np.asarray(g, dtype=float)
    if state is None:
        state = {"m": np.zeros_like(w), "v": np.zeros_like(w), "t": 0}
    m, v, t = state["m"], state["v"], state["t"]
    t += 1
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * m**2
    mh = m / (1 - beta1**t)
    vh = v / (1 - beta2**t)
    return w - lr * mh / (np.sqrt(vh) + eps), {"m": m, "v": v, "t": t}
