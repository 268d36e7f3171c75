import copy

import numpy as np


class Moments:
    def __init__(self):
        self.first, self.second, self.step = 0.0, 0.0, 0


def adam(w, g, state=None, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    w, g = np.asarray(w, dtype=float), np.asarray(g, dtype=float)
    now = copy.copy(state) if state is not None else Moments()
    now.step += 1
    now.first = now.first + (1 - beta1) * (g - now.first)
    now.second = now.second + (1 - beta2) * (g * g - now.second)
    first = now.first / (1 - beta1**now.step)
    second = now.second / (1 - beta2**now.step)
    return w - lr * first / (second**0.5 + eps), now
