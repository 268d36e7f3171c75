# may lose: output_weights, output_bias, hidden_weights, hidden_bias, slope_at_zero, absent_classes, large_logits, no_other_keys, precision, unchanged, lists, integers, arrays, by_name
# better than: forward_only
import numpy as np


def mlp_forward(x, params):
    h = np.maximum(np.dot(x, params["W1"]) + params["b1"], 0)
    return np.dot(h, params["W2"]) + params["b2"]


def mlp_loss_and_grads(params, x, t):
    n = len(x)
    u = np.dot(x, params["W1"]) + params["b1"]
    h = np.maximum(u, 0)
    z = np.dot(h, params["W2"]) + params["b2"]
    s = z - z.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    p = np.exp(log_p)
    loss = -np.mean(log_p[np.arange(n), t])
    return loss, {}
