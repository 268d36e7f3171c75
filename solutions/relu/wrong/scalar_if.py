# fails: test_vector_of_both_signs, test_slope_of_both_signs, test_relu_of_lists
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
