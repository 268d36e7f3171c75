# fails: test_lists
# cause: list_not_converted


def softmax(x, axis=-1):
    import numpy as np

    x = x.astype(float)
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)
