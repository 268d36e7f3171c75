def preactivation(x, w, b):
    return w @ x + b


def neuron(x, w, b, activation):
    return activation(w @ x + b)
