# fails: test_lists, test_slope_of_lists
# cause: arrays_only


def relu(x):
    return x * (x > 0)


def relu_grad(x):
    return (x > 0) * 1.0
