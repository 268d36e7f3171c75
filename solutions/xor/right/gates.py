import numpy as np


def relu(u):
    return u * (u > 0)


def AND(a, b):
    return relu(np.add(a, b) - 1.0)


def NOT(a):
    return relu(1.0 - np.asarray(a))


def OR(a, b):
    return NOT(AND(NOT(a), NOT(b)))


def xor_net(x1, x2):
    return AND(OR(x1, x2), NOT(AND(x1, x2)))


def xnor_net(x1, x2):
    return NOT(xor_net(x1, x2))
