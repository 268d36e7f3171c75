# fails: test_batch, test_square_batch
# cause: vector_only
import math


def softmax(x, axis=-1):
    total = sum(math.exp(value) for value in x)
    return [math.exp(value) / total for value in x]
