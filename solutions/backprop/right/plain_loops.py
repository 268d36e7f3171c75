import math


def logits_and_hidden(x, params):
    w1, b1, w2, b2 = ([list(r) if hasattr(r, "__len__") else r for r in params[k]] for k in ("W1", "b1", "W2", "b2"))
    us = [[sum(a * w1[i][j] for i, a in enumerate(row)) + b1[j] for j in range(len(b1))] for row in x]
    hs = [[u if u > 0 else 0.0 for u in row] for row in us]
    zs = [[sum(a * w2[j][k] for j, a in enumerate(row)) + b2[k] for k in range(len(b2))] for row in hs]
    return us, hs, zs, w2


def mlp_forward(x, params):
    return logits_and_hidden(x, params)[2]


def mlp_loss_and_grads(params, x, t):
    us, hs, zs, w2 = logits_and_hidden(x, params)
    n, d, h, k = len(us), len(x[0]), len(us[0]), len(zs[0])
    grads = {
        "W1": [[0.0] * h for _ in range(d)],
        "b1": [0.0] * h,
        "W2": [[0.0] * k for _ in range(h)],
        "b2": [0.0] * k,
    }
    loss = 0.0
    for row, u, hidden, z, label in zip(x, us, hs, zs, t):
        top = max(z)
        total = top + math.log(sum(math.exp(v - top) for v in z))
        loss += (total - z[label]) / n
        dz = [(math.exp(v - total) - (c == label)) / n for c, v in enumerate(z)]
        for c in range(k):
            grads["b2"][c] += dz[c]
            for j in range(h):
                grads["W2"][j][c] += hidden[j] * dz[c]
        for j in range(h):
            if u[j] > 0:
                du = sum(w2[j][c] * dz[c] for c in range(k))
                grads["b1"][j] += du
                for i in range(d):
                    grads["W1"][i][j] += row[i] * du
    return loss, grads
