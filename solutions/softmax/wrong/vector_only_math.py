# fails: test_batch, test_huge_scores, test_rows_of_different_scale, test_axis_zero, test_three_dimensions
# cause: vector_only
import math


def softmax(x, axis=-1):
    total = sum(math.exp(value) for value in x)
    return [math.exp(value) / total for value in x]
