# fails: test_xnor_of_arrays, test_xnor_of_lists, test_xnor_of_other_shapes, test_xor_of_arrays, test_xor_of_lists
# cause: if_on_array


def relu(s):
    if s < 0:
        return 0
    else:
        return s


def xnor_net(x1, x2):
    n1, n2 = relu(x1 + x2), relu(x1 + x2 - 1)
    return relu(-n1 + 2 * n2 + 1)


def xor_net(x1, x2):
    n1, n2 = relu(x1 + x2), relu(x1 + x2 - 1)
    return relu(n1 - 2 * n2)
