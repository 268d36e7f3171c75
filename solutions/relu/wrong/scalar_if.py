# fails: test_negative_is_zero, test_vector, test_lists, test_unchanged, test_empty
# cause: if_on_array


def relu(x):
    if x < 0:
        return 0
    else:
        return x


def relu_grad(x):
    if x > 0:
        return 1
    else:
        return 0
