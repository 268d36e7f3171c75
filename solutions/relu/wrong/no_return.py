# fails: test_vector_of_both_signs, test_slope_of_both_signs
# cause: returned_none
import numpy as np


def relu(x):
    y = np.maximum(x, 0)
    print(y)


def relu_grad(x):
    y = np.asarray(x) > 0
    print(y)
