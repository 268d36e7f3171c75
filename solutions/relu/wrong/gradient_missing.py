# fails: test_slope_of_both_signs
# cause: function_missing
import numpy as np


def relu(x):
    return np.maximum(np.asarray(x), 0)
