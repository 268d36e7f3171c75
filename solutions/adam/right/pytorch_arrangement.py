import math

import numpy as np


def adam(w, g, state=None, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    w = np.asarray(w, dtype=float)
    g = np.asarray(g, dtype=float)
    if state is None:
        state = [0, np.zeros(w.shape), np.zeros(w.shape)]
    step, exp_avg, exp_avg_sq = state[0] + 1, state[1].copy(), state[2].copy()
    exp_avg *= beta1
    exp_avg += (1 - beta1) * g
    exp_avg_sq *= beta2
    exp_avg_sq += (1 - beta2) * g * g
    denominator = np.sqrt(exp_avg_sq) / math.sqrt(1 - beta2**step) + eps
    return w - lr / (1 - beta1**step) * exp_avg / denominator, [step, exp_avg, exp_avg_sq]
