def preactivation(x, w, b):
    return sum(xi * wi for xi, wi in zip(x, w)) + b


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
