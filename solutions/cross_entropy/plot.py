# ruff: noqa: F821
# en: The loss of one sample, against the probability that the network gave to the right class. A confident mistake
# en: (left) costs much more than a hesitant right answer. The second curve reaches the same loss from logits (z, 0).
# ja: 1 サンプルの損失を、正解のクラスに与えた確率に対して描きました。自信のある誤り（左端）の損失は、
# ja: 自信のない正解よりもはるかに大きくなります。もう 1 本の線は、ロジット (z, 0) から同じ損失を計算したものです。
import matplotlib.pyplot as plt
import numpy as np

q = np.linspace(0.005, 0.995, 199)
fig, ax = plt.subplots(figsize=(5, 3.2))
ax.plot(q, [cross_entropy([[p, 1 - p]], [0]) for p in q], label="cross_entropy([[q, 1 - q]], [0])")
z = np.log(q / (1 - q))
loss = [softmax_cross_entropy([[a, 0.0]], [0]) for a in z]
ax.plot(q, loss, linestyle="--", label="softmax_cross_entropy([[z, 0]], [0])")
ax.set_xlabel("q")
ax.set_ylabel("loss")
ax.grid(alpha=0.4)
ax.legend()
plt.show()
