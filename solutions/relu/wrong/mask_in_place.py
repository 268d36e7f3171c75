# fails: test_relu_leaves_its_argument, test_relu_of_a_number
# cause: mutated_argument
import numpy as np


def relu(x):
    x[x < 0] = 0
    return x


def relu_grad(x):
    return (np.asarray(x) > 0).astype(float)
