"""Lint finds what would make a question unfair, wrong or unreadable, and says where and what."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.quiz.proof.lint import Finding, lint, load_bank

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = (Path(__file__).parents[1] / "sample.yaml").read_text(encoding="utf-8")


def check(folder: Path, *texts: str) -> list[Finding]:
    for i, text in enumerate(texts):
        (folder / f"quiz_{i}.yaml").write_text(text, encoding="utf-8")
    quizzes, findings = load_bank(folder)
    return findings + lint(quizzes, ROOT / "solutions")


def errors(findings: list[Finding]) -> list[str]:
    for finding in findings:
        assert finding.text.en.startswith(f"{finding.path}:")
    return [f.text.en for f in findings if f.level == "error"]


def test_the_sample_is_sound(tmp_path):
    findings = check(tmp_path, SAMPLE)
    assert errors(findings) == []
    assert {f.text.en.split(": ")[-1] for f in findings} == {"has no solution that says why"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("prove: 1 - lr * g", "prove: 1 - lr * g * g", "s-numeric.prove: gives"),
        ("prove: 1 - lr * g", "prove: 1 - lrr", "s-numeric.prove: cannot be run (NameError"),
        ("prove: 1 - lr * g", "prove: __import__('time').sleep(60)", "still running after"),
        ("prove: 1 - lr * g", "prove: __import__('os')._exit(3)", "cannot be run (exit code 3"),
        ("stride=s).shape[2:]", "stride=s).shape", "s-shape.prove: gives [1, 1,"),
        ("prove: a / 2}", "prove: a // 2}", "s-cloze.gaps.2.prove: gives"),
        (", prove: a / 2}", "}", "s-cloze.gaps.2: 'prove' is missing"),
        ("    answer: float\n", "    answer: int\n", "s-print.code: prints 'float"),
        ("print(a / 2, [a])", "import random; print(random.random())", "does not print the same twice"),
        ("answer: {line: 2}", "answer: {line: 1}", "s-bug"),
        ('check: "relu(3.0) == 3.0"', 'check: "relu(0.0) == 0.0"', "s-bug.check: holds with the wrong line"),
        ('fix: "    return np.maximum(x, 0)"', 'fix: "    return x * 0"', "s-bug.check: does not hold with the fix"),
        ("{value: [h + 1, h + 1], misc", "{value: [h, h], misc", "s-shape"),
        ('{value: "1 + lr * g", misc', '{value: "1 - lr * g + 1e-4", misc', "s-numeric"),
        ("{text: softplus}", "{text: sigmoid}", "two of them are the same: sigmoid"),
        ("{accept: {en: [forward]", "{accept: {en: [Back propagation]", "a distractor is the same as the answer"),
        ("{accept: {en: [forward]", "{accept: {en: [backprops]", ""),
        ("n: {int: [2, 9]}", "n: {int: [2, 3]}", "only 2 different variants"),
        ("n: {int: [2, 9]}", "n: {int: [2, 9]}, m: {int: [1, 5]}", "s-single.params.m: is never used"),
        ("n: {int: [8, 32]}", "n: {int: [8, 8]}", "s-shape"),
        ('constraints: ["h >= 3"]', 'constraints: ["h >= 99"]', "s-shape.constraints: not fulfilled"),
        ('compute: {h: "(n - k) // s + 1"}', 'compute: {h: "(n - k) // (s - s)"}', "ZeroDivisionError"),
        ('en: "What is relu(-{{n}})?"', 'en: "What is relu(-{{m}})?"', "no variable 'm'"),
        ('ja: "relu(-{{n}}) の値はどれですか。"', 'ja: "relu(-1) の値はどれですか。"', "the same variables: n"),
        ('ja: "relu(-{{n}}) の値はどれですか。"', 'ja: "relu(-{{n}})?"', "s-single.stem.ja: is not Japanese"),
        ('en: "Downhill!"', 'en: "下る向きです。"', "is not English"),
        ("stem: {en: Match., ja: 対応させてください。}", "stem: Match each thing with what it reads.", "no Japanese"),
        ("    type: match\n", "    type: match\n    image: {src: nope.svg, alt: X}\n", "image.src: no file"),
        ("[{left: CNN, right", "[{left: ViT, right", "two of them are the same: ViT"),
    ],
)
def test_a_flaw_is_found_and_named(tmp_path, old, new, said):
    assert old in SAMPLE
    found = errors(check(tmp_path, SAMPLE.replace(old, new, 1)))
    if said:
        assert any(said in text for text in found), found
    else:
        assert found == []


def test_parameters_with_which_most_draws_clash_are_refused(tmp_path):
    text = SAMPLE.replace("g: {choice: [2, 4]}", "g: {choice: [0, 0.001, 0, 0.002, 0, 0.003, 2]}")
    assert any("two answers are the same" in t for t in errors(check(tmp_path, text)))


def test_an_id_in_two_quizzes_is_refused(tmp_path):
    assert any("is in quiz_0.yaml too" in t for t in errors(check(tmp_path, SAMPLE, SAMPLE)))


def test_a_file_that_cannot_be_read_does_not_hide_the_others(tmp_path):
    found = errors(check(tmp_path, SAMPLE.replace("type: match", "type: mach"), SAMPLE.replace("lr * g\n", "lr\n")))
    assert any("unknown type" in t for t in found)
    assert any("s-numeric.prove" in t for t in found)


def test_the_bank_of_the_course_is_sound():
    quizzes, findings = load_bank(ROOT / "solutions" / "quizzes")
    assert errors(findings + lint(quizzes, ROOT / "solutions")) == []
    items = [item for quiz in quizzes for item in quiz.items]
    assert len(items) >= 80
    assert sum(bool(item.params) for item in items) >= 30


ORDERED = [
    ("The first three hold.", "はじめの 3 つです。"),
    ("The other two do not.", "残りの 2 つは違います。"),
    ("Option b is right.", "選択肢 b が正解です。"),
    ("The second option is right.", "2 つ目の選択肢が正解です。"),
    ("They are 1 and 2, respectively.", "順に 0.9、0.2 です。"),
    ("The former is right.", "前者が正解です。"),
    ("The statement above is wrong.", "上から 2 つが正解です。"),
    ("The last choice is right.", "最後の選択肢が正解です。"),
    ("Answers A and 2 hold.", "選択肢①が正解です。"),
    ("The first and third options hold.", "1 番目と 3 番目が正解です。"),
    ("(a) and (c) hold.", "上記の 2 つが正解です。"),
    ("They are 1 and 2, in this order.", "（a）と（c）が正解です。"),
]


@pytest.mark.parametrize(("en", "ja"), ORDERED)
def test_a_solution_that_counts_on_the_order_of_shuffled_options_is_refused(tmp_path, en, ja):
    solution = 'solution: {en: "relu(x) = max(x, 0).", ja: "relu(x) = max(x, 0) です。"}'
    assert solution in SAMPLE
    for words in ({"en": en, "ja": "そうです。"}, {"en": "So.", "ja": ja}):
        text = SAMPLE.replace(solution, f"solution: {{en: '{words['en']}', ja: '{words['ja']}'}}")
        found = errors(check(tmp_path, text))
        assert any("s-single.solution." in f and "shuffled" in f for f in found), found
        fixed = text.replace("    type: single\n", "    type: single\n    shuffle: false\n", 1)
        assert errors(check(tmp_path, fixed)) == []


@pytest.mark.parametrize(
    ("en", "ja"),
    [
        ("First we compute, then the last layer.", "最初の更新では 0 です。"),
        ("The answer is 3, and the second derivative is 0.", "入力を順に読み、2 つの値を足します。"),
        ("Two of them add up to 1.", "1 つ目の重みは 3 です。"),
    ],
)
def test_other_orders_may_be_named(tmp_path, en, ja):
    solution = 'solution: {en: "relu(x) = max(x, 0).", ja: "relu(x) = max(x, 0) です。"}'
    assert errors(check(tmp_path, SAMPLE.replace(solution, f"solution: {{en: '{en}', ja: '{ja}'}}"))) == []
