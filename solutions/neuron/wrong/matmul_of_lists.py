# fails: test_lists, test_neuron_of_lists
# cause: arrays_only
def preactivation(x, w, b):
    return x @ w + b


def neuron(x, w, b, activation):
    return activation(x @ w + b)
