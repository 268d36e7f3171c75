# ruff: noqa: F821
# en: The same five scores, multiplied by 0.5, 1 and 3: the larger the scores, the more the largest one takes it all.
# ja: 同じ 5 つの得点を 0.5 倍、1 倍、3 倍しました。得点が大きいほど、最大の得点に確率が集中します。
import matplotlib.pyplot as plt
import numpy as np

scores = np.array([1.0, 2.0, 3.0, 1.5, 2.5])
fig, ax = plt.subplots(figsize=(5, 3.2))
for i, factor in enumerate([0.5, 1, 3]):
    ax.bar(np.arange(5) + 0.27 * (i - 1), softmax(factor * scores), width=0.25, label=f"softmax({factor} * scores)")
ax.set_xticks(np.arange(5), [f"{s:g}" for s in scores])
ax.set_ylim(0, 1)
ax.set_xlabel("score")
ax.set_ylabel("probability")
ax.legend(loc="upper left")
plt.show()
