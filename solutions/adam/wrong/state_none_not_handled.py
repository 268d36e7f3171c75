# fails: test_first_step, test_second_step, test_many_steps
# cause: state_none
import numpy as np


def adam(w, g, state={"m": 0, "v": 0, "t": 0}, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    w = np.asarray(w, float)
    g = np.asarray(g, float)
    t = state["t"] + 1
    m = beta1 * state["m"] + (1 - beta1) * g
    v = beta2 * state["v"] + (1 - beta2) * g**2
    mh = m / (1 - beta1**t)
    vh = v / (1 - beta2**t)
    return w - lr * mh / (np.sqrt(vh) + eps), {"m": m, "v": v, "t": t}
