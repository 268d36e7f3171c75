# fails: test_batch, test_square_batch
# cause: one_sample_only


def preactivation(x, w, b):
    s = 0
    for i in range(len(w)):
        s += w[i] * x[i]
    return s + b


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
