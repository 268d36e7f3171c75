# fails: test_negative_is_zero, test_vector, test_lists, test_unchanged
# cause: one_answer_for_all
import numpy as np


def relu(x):
    x = np.asarray(x)
    return x if np.any(x > 0) else 0 * x


def relu_grad(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)
