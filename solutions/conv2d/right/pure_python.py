# No NumPy arithmetic at all; the image is never padded, and nested lists are returned.


def conv2d(x, w, b, stride=1, padding=0):
    height, width = len(x[0][0]), len(x[0][0][0])
    kh, kw = len(w[0][0]), len(w[0][0][0])
    rows = (height + 2 * padding - kh) // stride + 1
    columns = (width + 2 * padding - kw) // stride + 1

    def at(image, filt, bias, i, j):
        total = float(bias)
        for c in range(len(filt)):
            for a in range(kh):
                for d in range(kw):
                    r, s = i * stride + a - padding, j * stride + d - padding
                    if 0 <= r < height and 0 <= s < width:
                        total += float(image[c][r][s]) * float(filt[c][a][d])
        return total

    return [
        [[[at(image, filt, bias, i, j) for j in range(columns)] for i in range(rows)] for filt, bias in zip(w, b)]
        for image in x
    ]
