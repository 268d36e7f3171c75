# fails: test_starts_afresh_without_state, test_two_parameters_in_turn
# cause: global_state
import numpy as np

memory = {"m": 0, "v": 0, "t": 0}


def adam(w, g, state=None, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    w, g = np.array(w, dtype=float), np.array(g, dtype=float)
    memory["t"] += 1
    memory["m"] = beta1 * memory["m"] + (1 - beta1) * g
    memory["v"] = beta2 * memory["v"] + (1 - beta2) * g**2
    m_hat = memory["m"] / (1 - beta1 ** memory["t"])
    v_hat = memory["v"] / (1 - beta2 ** memory["t"])
    return w - lr * m_hat / (np.sqrt(v_hat) + eps), memory["t"]
