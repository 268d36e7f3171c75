# fails: test_xnor_of_arrays, test_xnor_of_lists, test_xnor_of_other_shapes, test_xor_of_arrays, test_xor_of_lists
# cause: if_on_array


def xnor_net(x1, x2):
    if x1 == 0 and x2 == 0:
        return 1
    if x1 == 1 and x2 == 1:
        return 1
    return 0


def xor_net(x1, x2):
    if x1 == x2:
        return 0
    return 1
