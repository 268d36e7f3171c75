# ruff: noqa: F821
# en: Your gradients at work: 300 steps of gradient descent on a ring around a disc. Left the loss, right the class
# en: that the trained network gives to every point of the plane.
# ja: 書いた勾配を使って、円板とそれを囲む輪を分類するネットワークを 300 ステップ学習させます（勾配降下法）。
# ja: 左は損失、右は学習後のネットワークが平面の各点に与えるクラスです。
import matplotlib.pyplot as plt
import numpy as np

rng = np.random.default_rng(0)
radius = np.concatenate([rng.uniform(0, 1, 100), rng.uniform(1.5, 2.5, 100)])
angle = rng.uniform(0, 2 * np.pi, 200)
x = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
t = np.repeat([0, 1], 100)
params = {"W1": rng.normal(0, 1, (2, 16)), "b1": np.zeros(16), "W2": rng.normal(0, 0.25, (16, 2)), "b2": np.zeros(2)}
losses = []
for _ in range(300):
    loss, grads = mlp_loss_and_grads(params, x, t)
    params = {name: value - 0.3 * grads[name] for name, value in params.items()}
    losses.append(loss)

grid = np.linspace(-3, 3, 121)
points = np.stack(np.meshgrid(grid, grid), axis=-1).reshape(-1, 2)
classes = np.argmax(mlp_forward(points, params), axis=1).reshape(121, 121)
fig, axes = plt.subplots(1, 2, figsize=(8, 3.4))
axes[0].plot(losses)
axes[0].set_xlabel("step")
axes[0].set_ylabel("loss")
axes[1].contourf(grid, grid, classes, levels=[-0.5, 0.5, 1.5], alpha=0.3)
axes[1].scatter(x[:, 0], x[:, 1], c=t, s=8)
axes[1].set_aspect("equal")
fig.tight_layout()
plt.show()
