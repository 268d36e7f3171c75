# Clips each window to the image instead of padding it; pure Python, nested lists.


def _windows(x, k, stride, padding):
    stride = k if stride is None else stride
    h, w = len(x[0][0]), len(x[0][0][0])
    rows = range(-padding, h + padding - k + 1, stride)
    columns = range(-padding, w + padding - k + 1, stride)
    return [
        [
            [
                [
                    [
                        float(channel[r][c])
                        for r in range(max(top, 0), min(top + k, h))
                        for c in range(max(left, 0), min(left + k, w))
                    ]
                    for left in columns
                ]
                for top in rows
            ]
            for channel in image
        ]
        for image in x
    ]


def _map(function, nested):
    return [[[[function(v) for v in row] for row in channel] for channel in image] for image in nested]


def max_pool2d(x, k, stride=None, padding=0):
    return _map(max, _windows(x, k, stride, padding))


def avg_pool2d(x, k, stride=None, padding=0):
    return _map(lambda v: sum(v) / (k * k), _windows(x, k, stride, padding))
