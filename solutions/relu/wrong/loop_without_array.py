# fails: test_matrix, test_number
# cause: one_axis_only
import numpy as np


def relu(x):
    out = []
    for i in range(len(x)):
        if x[i] > 0:
            out.append(x[i])
        else:
            out.append(0)
    return np.array(out)


def relu_grad(x):
    return (np.asarray(x) > 0).astype(float)
