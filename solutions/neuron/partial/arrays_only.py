# may lose: sum_kinds, neuron_kinds
# textbook
# better than: weights_at_the_left, batch_by_axis, one_sample_zip
def preactivation(x, w, b):
    return x.dot(w) + b


def neuron(x, w, b, activation):
    return activation(x.dot(w) + b)
