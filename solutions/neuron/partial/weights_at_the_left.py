# may lose: sum_batch, sum_axes, sum_kinds, neuron_batch, neuron_axes, neuron_kinds
# textbook
# better than: bias_missing, activation_ignored
def preactivation(x, w, b):
    return w @ x + b


def neuron(x, w, b, activation):
    return activation(w @ x + b)
