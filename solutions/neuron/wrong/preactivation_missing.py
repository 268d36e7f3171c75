# fails: test_sum, test_vector, test_batch, test_several_sample_axes, test_all_digits
# cause: function_missing
import numpy as np


def neuron(x, w, b, activation):
    return activation(np.asarray(x, dtype=float) @ np.asarray(w, dtype=float) + b)
