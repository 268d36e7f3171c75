# fails: test_mixed_signs, test_large_values_pass_through
# cause: if_on_array


def relu(x):
    if x < 0:
        return 0
    return x


def relu_grad(x):
    if x > 0:
        return 1
    return 0
