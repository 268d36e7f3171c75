# fails: test_sum, test_vector, test_batch, test_several_sample_axes, test_all_digits
# cause: two_inputs_only


def preactivation(x, w, b):
    return w[0] * x[0] + w[1] * x[1] + b


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
