# fails: test_xor_of_arrays
# cause: logical_operator


def xnor_net(x1, x2):
    return 1 - (x1 ^ x2)


def xor_net(x1, x2):
    return x1 ^ x2
