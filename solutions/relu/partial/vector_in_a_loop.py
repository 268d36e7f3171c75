# may lose: relu_shapes, slope_shapes, relu_kinds, slope_kinds
# better than: scalar_if, two_loops
import numpy as np


def relu(x):
    y = np.zeros(len(x))
    for i in range(len(x)):
        y[i] = x[i] if x[i] > 0 else 0.0
    return y


def relu_grad(x):
    return np.array([1.0 if value > 0 else 0.0 for value in x])
