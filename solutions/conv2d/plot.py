# ruff: noqa: F821
# en: One image, three filters: each feature map is bright where the image looks like the filter. The first filter
# en: finds edges that are bright on the right, the second edges that are bright below, the third blurs.
# ja: 1 枚の画像に 3 つのフィルターを適用します。特徴マップは、画像がフィルターに似ている場所で明るくなります。
# ja: 1 つ目は右側が明るい縁、2 つ目は下側が明るい縁を見つけ、3 つ目は画像をぼかします。
import matplotlib.pyplot as plt
import numpy as np

rows, columns = np.mgrid[0:32, 0:32]
picture = ((rows - 12) ** 2 + (columns - 12) ** 2 < 60) + 0.6 * ((rows > 18) & (columns > 16))
left_to_right = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
filters = np.stack([left_to_right, left_to_right.T, np.full((3, 3), 1 / 9)])[:, None]
maps = conv2d(picture[None, None], filters, np.zeros(3), padding=1)

fig, axes = plt.subplots(1, 4, figsize=(10, 2.8))
for ax, image, name in zip(axes, [picture, *np.asarray(maps)[0]], ["image", "filter 0", "filter 1", "filter 2"]):
    ax.imshow(image, cmap="gray")
    ax.set_title(name)
    ax.axis("off")
plt.show()
