# ruff: noqa: F821
# en: 60 steps down a long narrow valley: the loss falls steeply in one direction and gently in the other. Gradient
# en: descent crawls along the flat direction; Adam scales each direction by itself and reaches the bottom
# en: in the same number of steps, overshooting a little.
# ja: 細長い谷を 60 ステップ下ります。損失は一方向には急で、もう一方にはなだらかです。
# ja: 勾配降下法は、なだらかな方向になかなか進みません。Adam は方向ごとに歩幅を調整するため、少し行き過ぎながらも、
# ja: 同じステップ数で底に着きます。
import matplotlib.pyplot as plt
import numpy as np

steepness = np.array([0.05, 2.0])
adam_path = [np.array([-6.0, 2.0])]
sgd_path = [np.array([-6.0, 2.0])]
state = None
for _ in range(60):
    w, state = adam(adam_path[-1], steepness * adam_path[-1], state, lr=0.3)
    adam_path.append(w)
    sgd_path.append(sgd_path[-1] - 0.3 * steepness * sgd_path[-1])

a, b = np.meshgrid(np.linspace(-7, 3, 120), np.linspace(-3, 3, 120))
fig, ax = plt.subplots(figsize=(6, 3.4))
ax.contour(a, b, 0.5 * (steepness[0] * a**2 + steepness[1] * b**2), levels=15, alpha=0.4)
ax.plot(*np.array(sgd_path).T, marker=".", label="gradient descent")
ax.plot(*np.array(adam_path).T, marker=".", label="adam")
ax.set_xlabel("w1")
ax.set_ylabel("w2")
ax.legend()
plt.show()
