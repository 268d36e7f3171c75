# may lose: by_name, loss, output_weights, output_bias, hidden_weights, hidden_bias, slope_at_zero, absent_classes, improbable, large_logits, no_other_keys, precision, unchanged, lists, integers, arrays
import numpy as np


def mlp_forward(x, params):
    h = np.maximum(np.dot(x, params["W1"]) + params["b1"], 0)
    return np.dot(h, params["W2"]) + params["b2"]


def mlp_loss_and_grads(params, x, t):
    raise NotImplementedError
