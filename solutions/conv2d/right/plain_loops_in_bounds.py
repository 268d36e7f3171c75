import numpy as np


def conv2d(x, w, b, stride=1, padding=0):
    x = np.asarray(x).astype(float).tolist()
    w = np.asarray(w).astype(float).tolist()
    H, W = len(x[0][0]), len(x[0][0][0])
    kh, kw = len(w[0][0]), len(w[0][0][0])
    oh = (H + 2 * padding - kh) // stride + 1
    ow = (W + 2 * padding - kw) // stride + 1
    y = []
    for img in x:
        maps = []
        for f, kern in enumerate(w):
            rows = []
            for i in range(oh):
                row = []
                for j in range(ow):
                    s = float(b[f])
                    for c, plane in enumerate(img):
                        for u in range(kh):
                            r = i * stride + u - padding
                            if not 0 <= r < H:
                                continue
                            for v in range(kw):
                                q = j * stride + v - padding
                                if 0 <= q < W:
                                    s += plane[r][q] * kern[c][u][v]
                    row.append(s)
                rows.append(row)
            maps.append(rows)
        y.append(maps)
    return y
