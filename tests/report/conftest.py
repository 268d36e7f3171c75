"""A made-up class of sixty: strong and weak, late, absent, unlucky, and some with hostile names."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from fractions import Fraction

import numpy as np
import pytest

from autograder.gradebook import CourseInfo, ExerciseInfo, Gradebook
from autograder.i18n import Text
from autograder.model import Blocks, Note, Sentence, SubmissionResult, TestResult
from autograder.score import exercise_result, grader_error_result, missing_result
from autograder.testing.bench import Call, Failed, Observation
from autograder.testing.compare import explain
from autograder.testing.explain import error_message, visible_message

JST = timezone(timedelta(hours=9))
DUE = datetime(2026, 5, 31, 23, 59, 59, tzinfo=JST)
SECRET = "HIDDEN-3.14159"  # stands for a value of a hidden test; no page may hold it

HOSTILE = (
    "=cmd|' /C calc'!A0",
    '../../etc/passwd,"x"',
    "<script>alert(1)</script>",
    "line\nbreak\r\nname",
    "CON",
    "con",
    "山田 太郎",
    "x" * 300,
)

GROUPS = {
    "value": Text("Values", "値"),
    "gradient": Text("Gradient", "勾配"),
    "inputs": Text("Any kind of input", "いろいろな入力"),
}
TITLES = {
    "value": (
        Text("inputs of both signs", "正負が混ざった入力"),
        Text("a whole batch", "バッチ全体"),
        Text("large inputs", "大きな入力"),
    ),
    "gradient": (
        Text("agrees with finite differences", "数値微分と一致する"),
        Text("gradient of the bias", "バイアスの勾配"),
    ),
    "inputs": (Text("the argument stays as it was", "引数を書き換えない"), Text("integers and lists", "整数とリスト")),
}
UNITS = {
    Text("Activation functions", "活性化関数"): {
        "relu": ("ReLU and its gradient", "ReLU とその勾配"),
        "softmax": ("Softmax", "ソフトマックス関数"),
    },
    Text("Neurons", "ニューロン"): {
        "neuron": ("A neuron", "ニューロン"),
        "xor": ("XOR from ReLU neurons", "ReLU による XOR"),
    },
    Text("Losses", "損失関数"): {"cross_entropy": ("Cross-entropy", "交差エントロピー")},
    Text("Gradients", "勾配"): {
        "affine": ("Affine layer", "全結合層"),
        "backprop": ("Backpropagation", "誤差逆伝播法"),
    },
    Text("Optimizers", "最適化手法"): {"momentum": ("Momentum", "モーメンタム"), "adam": ("Adam", "Adam")},
    Text("Convolutional networks", "畳み込みネットワーク"): {
        "conv2d": ("Convolution", "畳み込み"),
        "pooling": ("Pooling", "プーリング"),
    },
}
CAUSES = {
    "softmax": (
        "no_max",
        Text(
            "`exp` overflows. Subtract the largest input of each row first.",
            "`exp` がオーバーフローしています。先に各行の最大値を引きましょう。",
        ),
    ),
    "cross_entropy": (
        "no_eps",
        Text(
            "`log(0)` occurs. Add a tiny eps inside the logarithm.",
            "`log(0)` が生じています。対数の中に小さな eps を加えましょう。",
        ),
    ),
    "affine": (
        "bias_not_summed",
        Text(
            "The gradient of the bias is not summed over the batch.", "バイアスの勾配をバッチ方向に合計していません。"
        ),
    ),
    "adam": (
        "no_bias_correction",
        Text("The moments are used without bias correction.", "モーメントの偏り補正をしていません。"),
    ),
    "conv2d": (
        "flipped",
        Text(
            "The kernel is flipped. A CNN layer computes a cross-correlation.",
            "カーネルを反転しています。CNN の層が計算するのは相互相関です。",
        ),
    ),
}
GENERIC_CAUSES = ("transposed", "times_n", "mutated_argument", "wrong_shape", "not_implemented", None)


class Late:
    grace_minutes, per_day, maximum, after, cutoff_days = 10.0, 10.0, 50.0, "penalty", None


@pytest.fixture(scope="session")
def course() -> CourseInfo:
    return CourseInfo(
        Text("Deep learning from scratch with NumPy", "NumPy でゼロから作るディープラーニング"),
        tuple(
            ExerciseInfo(i, Text(*title), Fraction(10), unit, GROUPS, dict([CAUSES[i]]) if i in CAUSES else {})
            for unit, exercises in UNITS.items()
            for i, title in exercises.items()
        ),
    )


def visible_failure() -> Blocks:
    """What the real engine says about a wrong array."""
    x = np.array([[-1.5, 2.0, 0.25], [3.0, -0.5, 1.0]])
    wrong, right = np.abs(x), np.maximum(x, 0)
    failure = Failed(Observation("value", 0, wrong), None, explain(wrong, right), Call("relu", (x,)))
    return visible_message(failure)


def make_test(
    rng: random.Random, info: ExerciseInfo, group: str, n: int, skill: float, hidden: bool = True
) -> TestResult:
    title = TITLES[group][n]
    share = Fraction(10, sum(map(len, TITLES.values()))) if hidden else Fraction(0)
    tier = "hidden" if hidden else "visible"
    name = f"test_{group}_{n}"
    if rng.random() < skill:
        return TestResult(name, tier, "passed", share, share, None, (), title, group)
    status = rng.choices(["failed", "error", "timeout", "crashed"], [80, 14, 5, 1])[0]
    cause = next(iter(info.causes), None) if rng.random() < 0.5 else rng.choice(GENERIC_CAUSES)
    cause = {"timeout": "timeout", "crashed": "crashed"}.get(status, cause)
    if hidden:
        message = (Sentence(Text.of(SECRET)),)
    elif status == "error":
        message = error_message("ValueError", "operands could not be broadcast together with shapes (3,) (2,3)")
    else:
        message = visible_failure()
    return TestResult(name, tier, status, Fraction(0), share, cause, message, title, group)


def make_submission(rng: random.Random, student: str, course: CourseInfo, skill: float) -> SubmissionResult:
    late = rng.choice([0, 0, 0, 0, 0, 0, 0, 5000, 100_000, 400])
    exercises = []
    for position, info in enumerate(course.exercises):
        ability = min(0.99, max(0.02, skill - 0.035 * position + rng.gauss(0, 0.12)))
        if rng.random() < 0.03 + 0.05 * (skill < 0.5):
            exercises.append(missing_result(info.id, info.max_score))
        elif rng.random() < 0.004:
            note = Note(
                "grader_error",
                Text("The grader failed: the judge gave no result", "採点プログラムの障害です: 結果がありません"),
            )
            exercises.append(grader_error_result(info.id, info.max_score, note))
        else:
            tests = [make_test(rng, info, "value", 0, ability, hidden=False)]
            tests += [make_test(rng, info, g, n, ability) for g, titles in TITLES.items() for n in range(len(titles))]
            exercises.append(exercise_result(info.id, tests, info.max_score, late_seconds=late, policy=Late()))
    notes = ()
    if rng.random() < 0.06:
        notes = (
            Note(
                "duplicate_file",
                Text(
                    "relu.py and old/relu.py are both there: relu.py was graded.",
                    "relu.py と old/relu.py があります。relu.py を採点しました。",
                ),
            ),
        )
    received = DUE + timedelta(seconds=late if late else -rng.randrange(3600, 400_000))
    return SubmissionResult(
        student, tuple(exercises), received, rng.choice([1, 1, 1, 2]), None, notes, f"sha{student[:9]}", 0.2
    )


def make_class(course: CourseInfo, size: int = 60, seed: int = 7) -> Iterator[SubmissionResult]:
    """The class, one submission at a time."""
    rng = random.Random(seed)
    for i in range(size - len(HOSTILE)):
        if i % 17 == 16:
            yield SubmissionResult(f"s{i:03}", tuple(missing_result(e.id, e.max_score) for e in course.exercises))
        else:
            yield make_submission(rng, f"s{i:03}", course, rng.choice([0.35, 0.75, 0.9, 1.1, 1.3]))
    for student in HOSTILE:
        yield make_submission(rng, student, course, 0.8)


@pytest.fixture(scope="session")
def fake_class(course: CourseInfo) -> list[SubmissionResult]:
    return list(make_class(course))


@pytest.fixture
def book(tmp_path, course, fake_class) -> Iterator[tuple[Gradebook, int]]:
    """The class in a gradebook, and its run."""
    with Gradebook.open(tmp_path / "gradebook.sqlite") as gradebook:
        run = gradebook.begin_run(
            course,
            course_sha="c0ffee",
            seed=42,
            sandbox={"network": True, "filesystem": True, "memory": False},
            engine="0.1",
        )
        for result in fake_class:
            gradebook.record(run, result)
        gradebook.finish_run(run)
        yield gradebook, run
