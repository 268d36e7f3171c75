# ruff: noqa: F821
# en: One neuron over all pairs of two inputs. It fires (bright) on one side of the straight line w1*x1 + w2*x2 + b = 0
# en: and is silent (dark) on the other: a single neuron can only divide the plane by a straight line.
# ja: 2 つの入力のすべての組に対する 1 つのニューロンの出力です。直線 w1*x1 + w2*x2 + b = 0 の
# ja: 片側では反応し（明るい部分）、反対側では反応しません（暗い部分）。1 つのニューロンにできるのは、
# ja: 平面を直線で分けることだけです。
import matplotlib.pyplot as plt
import numpy as np

w, b = np.array([1.0, 2.0]), -1.0
axis = np.linspace(-2, 2, 81)
x = np.stack(np.meshgrid(axis, axis), axis=-1)  # (81, 81, 2)
before = preactivation(x, w, b)
after = neuron(x, w, b, lambda u: np.maximum(u, 0))
fig, ax = plt.subplots(figsize=(4.6, 3.6))
image = ax.pcolormesh(axis, axis, after)
ax.contour(axis, axis, before, levels=[0], colors="white")
fig.colorbar(image, label="neuron(x, w, b, relu)")
ax.set_xlabel("x1")
ax.set_ylabel("x2")
plt.show()
