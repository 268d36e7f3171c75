import numpy as np

class _Neuron:
    def __init__(self, w, b, activation=lambda u: u):
        self.w, self.b, self.activation = np.asarray(w), b, activation

    def sum(self, x):
        return np.matmul(x, self.w) + self.b

    def __call__(self, x):
        return self.activation(self.sum(x))


def preactivation(x, w, b):
    return _Neuron(w, b).sum(x)


def neuron(x, w, b, activation):
    return _Neuron(w, b, activation)(x)
