# ruff: noqa: F821
# en: One image and both kinds of pooling with 4 x 4 windows. Max pooling keeps the thin bright lines, however small
# en: they are; average pooling mixes them with the dark around them.
# ja: 1 枚の画像を、4×4 の窓で 2 通りにプーリングします。最大プーリングは細い明るい線をそのまま残しますが、
# ja: 平均プーリングでは周りの暗い部分と混ざります。
import matplotlib.pyplot as plt
import numpy as np

rows, columns = np.mgrid[0:48, 0:48]
distance = np.hypot(rows - 22, columns - 25)
picture = 1.0 * ((np.abs(distance - 15) < 0.7) | (rows == columns))
images = [picture, max_pool2d(picture[None, None], 4), avg_pool2d(picture[None, None], 4)]

fig, axes = plt.subplots(1, 3, figsize=(8, 3))
for ax, image, name in zip(axes, images, ["image", "max_pool2d(x, 4)", "avg_pool2d(x, 4)"]):
    ax.imshow(np.squeeze(image), cmap="gray")
    ax.set_title(name)
    ax.axis("off")
plt.show()
