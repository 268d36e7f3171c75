# fails: test_vector_of_both_signs, test_matrix_of_both_signs
# cause: type_of_first_element
import numpy as np


@np.vectorize
def relu(x):
    if x < 0:
        return 0
    return x


@np.vectorize
def relu_grad(x):
    return 1.0 if x > 0 else 0.0
