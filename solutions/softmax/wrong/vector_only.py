# fails: test_batch, test_square_batch
# cause: vector_only
import math


def softmax(x, axis=-1):
    top = max(x)
    e = [math.exp(value - top) for value in x]
    return [value / sum(e) for value in e]
