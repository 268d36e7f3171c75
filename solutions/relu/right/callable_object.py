import numpy as np


class Elementwise:
    def __init__(self, f):
        self.f = f

    def __call__(self, x):
        a = np.asarray(x, dtype=float)
        out = np.empty(a.shape)
        for i in np.ndindex(*a.shape):
            out[i] = self.f(a[i])
        return out


relu = Elementwise(lambda v: v if v > 0 else 0.0)
relu_grad = Elementwise(lambda v: float(v > 0))
