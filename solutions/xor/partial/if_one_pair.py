# may lose: xnor_neurons, xnor_arrays, xnor_shapes, xnor_kinds, xor_neurons, xor_arrays, xor_shapes, xor_kinds
# better than: xor_is_or


def xnor_net(x1, x2):
    if x1 == x2:
        return 1
    return 0


def xor_net(x1, x2):
    if x1 != x2:
        return 1
    return 0
