# fails: test_vector, test_several_sample_axes, test_neuron_of_a_vector, test_neuron_of_many_axes
# cause: batch_only
import numpy as np


def preactivation(x, w, b):
    out = []
    for row in x:
        s = b
        for i in range(len(w)):
            s += row[i] * w[i]
        out.append(s)
    return np.array(out)


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
