# may lose: sum_batch, sum_axes, neuron_batch, neuron_axes
# textbook
# better than: bias_missing, activation_ignored
def preactivation(x, w, b):
    return sum(xi * wi for xi, wi in zip(x, w)) + b


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
