# fails: test_relu_of_lists, test_slope_of_lists_and_integers
# cause: arrays_only


def relu(x):
    return x * (x > 0)


def relu_grad(x):
    return (x > 0) * 1.0
