import numpy as np


class CrossEntropy:
    """The loss of one sample from its log-probabilities; of a batch, the mean of its samples."""

    def __init__(self, log_probabilities):
        self.log_probabilities = log_probabilities

    def __call__(self, a, t):
        a = np.asarray(a, dtype=float)
        if a.ndim > 1:
            return sum(self(row, target) for row, target in zip(a, t)) / len(a)
        log_p = self.log_probabilities(a)
        return -log_p[t] if np.ndim(t) == 0 else -np.dot(t, log_p)


def cross_entropy(p, t, eps=1e-12):
    return np.float64(CrossEntropy(lambda a: np.log(np.where(a > eps, a, eps)))(p, t))


def softmax_cross_entropy(z, t):
    # -log p_k = log sum_j exp(z_j - z_k), by a running pairwise log-add-exp
    def log_softmax(a):
        total = -np.inf
        for value in a:
            total = np.logaddexp(total, value)
        return a - total

    return CrossEntropy(log_softmax)(z, t)
