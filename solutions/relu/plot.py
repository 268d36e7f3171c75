# ruff: noqa: F821
# en: Left of 0 the graph of ReLU is flat and the slope is 0; right of 0 it rises with slope 1.
# ja: 0 より左では ReLU のグラフは平らで傾きは 0、右では傾き 1 の直線です。
import matplotlib.pyplot as plt
import numpy as np

x = np.linspace(-3, 3, 601)
fig, ax = plt.subplots(figsize=(5, 3.2))
ax.plot(x, relu(x), label="relu(x)")
ax.plot(x, relu_grad(x), linestyle="--", label="relu_grad(x)")
ax.set_xlabel("x")
ax.grid(alpha=0.4)
ax.legend()
plt.show()
