# fails: test_batch, test_several_sample_axes, test_neuron_of_a_batch, test_neuron_of_many_axes
# cause: one_sample_only


def preactivation(x, w, b):
    s = 0
    for i in range(len(w)):
        s += w[i] * x[i]
    return s + b


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
