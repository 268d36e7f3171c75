"""Writes ``reliability.json``, the figures that ``test_statistics.py`` compares with.

They come from pingouin, which has nothing in common with our code. To get them again::

    python -m venv /tmp/pg && /tmp/pg/bin/pip install pingouin
    /tmp/pg/bin/python tests/quiz/make_reliability.py > tests/quiz/reliability.json
"""

import json
import sys

import numpy as np
import pandas as pd
import pingouin

STUDENTS = 80
rng = np.random.default_rng(20260521)
ability = rng.normal(size=STUDENTS)
solved = 1 / (1 + np.exp(-(1.1 * ability[:, None] + np.linspace(-1.2, 1.4, 6))))
shares = (rng.random(solved.shape) < solved).astype(float)
# The fifth item has partial credit, in quarters.
shares[:, 4] = np.round(np.clip(solved[:, 4] + rng.normal(scale=0.25, size=STUDENTS), 0, 1) * 4) / 4
frame = pd.DataFrame(shares, columns=list("abcdef"))

alpha, feldt = pingouin.cronbach_alpha(frame)
kr20, _ = pingouin.cronbach_alpha(frame.drop(columns="e"))
items = {
    name: {
        "facility": float(frame[name].mean()),
        "item_rest": float(pingouin.corr(frame[name], frame.drop(columns=name).sum(axis=1))["r"].iloc[0]),
    }
    for name in frame
}
json.dump(
    {
        "made_by": f"pingouin {pingouin.__version__}, numpy {np.__version__}",
        "alpha": float(alpha),
        "feldt": [float(v) for v in feldt],
        "kr20": float(kr20),
        "items": items,
        "shares": shares.tolist(),
    },
    sys.stdout,
)
sys.stdout.write("\n")
