def adam(w, g, state=None, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """Nested lists and loops, no NumPy arithmetic; returns lists or a float."""
    w = w.tolist() if hasattr(w, "tolist") else w
    g = g.tolist() if hasattr(g, "tolist") else g
    if isinstance(w, (list, tuple)):
        results = [
            adam(a, b, None if state is None else state[i], lr, beta1, beta2, eps)
            for i, (a, b) in enumerate(zip(w, g))
        ]
        return [r[0] for r in results], [r[1] for r in results]
    m, v, t = (0.0, 0.0, 0) if state is None else state
    t += 1
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    return w - lr * (m / (1 - beta1**t)) / ((v / (1 - beta2**t)) ** 0.5 + eps), (m, v, t)
