# fails: test_batch, test_rows_of_different_scale, test_axis_zero, test_three_dimensions, test_unsigned
# cause: vector_only
import math


def softmax(x, axis=-1):
    top = max(x)
    e = [math.exp(value - top) for value in x]
    return [value / sum(e) for value in e]
