import numpy as np


class Affine:
    def __init__(self, w, b):
        self.w, self.b = np.asarray(w), np.asarray(b)

    def forward(self, x):
        self.x = x
        return x @ self.w + self.b

    def backward(self, dy):
        self.dw, self.db = self.x.T @ dy, np.sum(dy, axis=0)
        return dy @ self.w.T


class Relu:
    def forward(self, x):
        self.off = x <= 0
        out = x.copy()
        out[self.off] = 0
        return out

    def backward(self, dy):
        dx = dy.copy()
        dx[self.off] = 0
        return dx


class SoftmaxWithLoss:
    def forward(self, z, t):
        z = z - np.max(z, axis=-1, keepdims=True)
        self.p = np.exp(z) / np.sum(np.exp(z), axis=-1, keepdims=True)
        self.t = np.eye(z.shape[1])[t]
        return -np.sum(self.t * np.log(np.maximum(self.p, 1e-12))) / len(z)

    def backward(self):
        return (self.p - self.t) / len(self.p)


def build(params):
    return [Affine(params["W1"], params["b1"]), Relu(), Affine(params["W2"], params["b2"])]


def run(layers, x):
    x = np.asarray(x)
    for layer in layers:
        x = layer.forward(x)
    return x


def mlp_forward(x, params):
    return run(build(params), x)


def mlp_loss_and_grads(params, x, t):
    layers, last = build(params), SoftmaxWithLoss()
    loss = last.forward(run(layers, x), np.asarray(t))
    dy = last.backward()
    for layer in reversed(layers):
        dy = layer.backward(dy)
    return loss, {"W1": layers[0].dw, "b1": layers[0].db, "W2": layers[2].dw, "b2": layers[2].db}
