# fails: test_xnor_of_arrays, test_xnor_of_lists, test_xnor_of_other_shapes, test_xor_of_arrays, test_xor_of_lists
# cause: lookup_table


def xnor_net(x1, x2):
    return [[1, 0], [0, 1]][int(x1)][int(x2)]


def xor_net(x1, x2):
    return [[0, 1], [1, 0]][int(x1)][int(x2)]
