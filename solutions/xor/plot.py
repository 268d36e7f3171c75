# ruff: noqa: F821
# en: The outputs between 0 and 1 as well. The four corners are the table of XNOR and XOR; between them the surface
# en: is made of flat pieces, as always with ReLU. No straight line separates the bright corners from the dark ones.
# ja: 0 と 1 の間の出力も描きました。四隅が XNOR と XOR の真理値表です。その間は、ReLU のネットワークでは必ず平らな面の
# ja: つなぎ合わせになります。明るい角と暗い角を 1 本の直線で分けることはできません。
import matplotlib.pyplot as plt
import numpy as np

axis = np.linspace(0, 1, 51)
x1, x2 = np.meshgrid(axis, axis)
fig, axes = plt.subplots(1, 2, figsize=(7.6, 3.2))
for ax, net in zip(axes, [xnor_net, xor_net]):
    image = ax.pcolormesh(axis, axis, net(x1, x2))
    fig.colorbar(image, ax=ax)
    ax.set_title(net.__name__)
    ax.set_xlabel("x1")
    ax.set_ylabel("x2")
fig.tight_layout()
plt.show()
