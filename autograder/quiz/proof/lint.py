"""Prove a quiz: every replica solved, every wrong answer wrong, every key run, both languages there.

`lint` is the table of contents. A finding says ``path:line:column: item act-relu-01: ...`` and
how to mend it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, assert_never

from pydantic import BaseModel

from ...course.yaml_file import Bilingual, Document
from ...errors import ConfigError
from ...i18n import Text
from ..answer.score import score, score_body
from ..draw.bodies import Builder, DrawError, Where
from ..draw.clash import clashes
from ..draw.draw import draw_values, drawn
from ..draw.replica import Body, Choices, Cloze, Match, Number, Order, Remark, Replica, Shape, Words, WrongLine
from ..page.sealed import seal
from ..source import kinds
from ..source.expr import ExpressionError, names
from ..source.items import Quiz, load_quiz
from ..source.kinds import Item
from ..source.template import holes
from .prove import Job, jobs_of, reference_functions, run_jobs
from .solve import right_answer

FEW = 4  # variants, fewer of which a neighbour has by chance
TRIALS = 40
_JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")


@dataclass(frozen=True)
class Finding:
    """Something to mend; `path` and the rest of the text say where."""

    path: Path
    text: Text
    level: Literal["error", "warning"] = "error"
    quiz: str = ""


def load_bank(folder: Path) -> tuple[list[Quiz], list[Finding]]:
    """Every quiz of a folder that can be read, and what is wrong with the others."""
    quizzes: list[Quiz] = []
    findings: list[Finding] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            quizzes.append(load_quiz(path))
        except ConfigError as error:
            pairs = zip(error.text.en.split("\n"), error.text.ja.split("\n"), strict=False)
            findings += [Finding(path, Text(en, ja), quiz=path.stem) for en, ja in pairs]
    return quizzes, findings


def lint(quizzes: Sequence[Quiz], solutions: Path, only: Sequence[str] = ()) -> list[Finding]:
    """Check quizzes that were read.

    Parameters
    ----------
    solutions
        The folder with the reference solutions, whose functions the proofs may use.
    only
        Ids of the quizzes to check; of the others only the items' ids count. Empty: all.
    """
    findings = list(_ids_twice(quizzes))
    quizzes = [quiz for quiz in quizzes if not only or quiz.id in only]
    pending: list[tuple[Quiz, Document[Any], Job]] = []
    for quiz in quizzes:
        for document in quiz.documents:
            item: Item = document.config
            problems = list(_on_paper(quiz, item))
            try:
                found = drawn(item, quiz.replicas)
            except DrawError as error:
                problems.append((error.where, error.plain))
            else:
                problems += _replicas(item, [replica for _, replica in found])
                problems += _clashing(item)
                pending += [(quiz, document, job) for values, r in found for job in jobs_of(item, r, values)]
            findings += [_finding(quiz, document, where, text) for where, text in dict.fromkeys(problems)]
            if item.solution is None:
                text = Text("has no solution that says why", "solution（理由の説明）がありません")
                findings.append(replace(_finding(quiz, document, (), text), level="warning"))
    verdicts = run_jobs([job for _, _, job in pending], reference_functions(solutions))
    findings += [
        _finding(quiz, document, job.where, text)
        for (quiz, document, job), text in zip(pending, verdicts, strict=True)
        if text is not None
    ]
    return list(dict.fromkeys(findings))


Problem = tuple[Where, Text]


def _finding(quiz: Quiz, document: Document[Any], where: Where, text: Text) -> Finding:
    return Finding(quiz.path, document.error(where, text).text, quiz=quiz.id)


def _ids_twice(quizzes: Iterable[Quiz]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for quiz in quizzes:
        for document in quiz.documents:
            name = document.config.id
            if name in seen:
                text = Text(f"{name!r} is in {seen[name]} too", f"{name!r} は {seen[name]} にもあります")
                yield _finding(quiz, document, ("id",), text)
            seen.setdefault(name, quiz.path.name)


# On paper ---------------------------------------------------------------------------------------


def _on_paper(quiz: Quiz, item: Item) -> Iterator[Problem]:
    for where, words in texts(item):
        yield from _languages(where, words)
    if item.image is not None:
        path = quiz.path.parent / item.image.src
        if ".." in Path(item.image.src).parts or not path.is_file():
            yield ("image", "src"), Text(f"no file {path}", f"ファイル {path} がありません")
    yield from _by_position(item)
    used = {name for source in _expressions(item) for name in _names(source)}
    for name in item.params:
        if name not in used:
            yield ("params", name), Text("is never used", "どこにも使われていません")
    if isinstance(item, kinds.Cloze):
        for name, gap in item.gaps.items():
            if isinstance(gap, kinds.NumericParts) and gap.prove is None:
                yield (
                    ("gaps", name),
                    Text(
                        "'prove' is missing: Python that gives the answer",
                        "prove（答えを求める Python の式）がありません",
                    ),
                )


# What counts on the order in which the author wrote the options.
_POSITION = re.compile(
    r"\b(?:first|last|top|bottom|upper|lower)\s+(?:two|three|four|five|option|choice|statement|answer)s?\b"
    r"|\b(?:second|third|fourth|fifth)\s+(?:option|choice|statement|answer|one)s?\b|\bin (?:this|that) order\b"
    r"|(?<![\w$])[(（][a-f][)）]\s*(?:and|or|is|are|,|と|が|は|、)"
    r"|\b(?:other|remaining)\s+(?:two|three|four|five)\b"
    r"|\b(?i:options?|choices?|statements?)\s+[1-9]\b"
    r"|\b(?i:options?|choices?|statements?|answers?)\s+(?:[A-Fb-f]\b|a(?=[.,;:)]|\s+(?:is|and|or)\b))"
    r"|\b(?:former|latter|respectively)\b|\b(?:option|choice|statement)s?\s+(?:above|below)\b"
    r"|(?:はじめ|初め|最初|先頭|最後|残り|ほか|上|下)の ?[2-9２-９二三四五] ?つ|上から ?[1-9１-９一二三四五]"
    r"|(?:[1-9１-９一二三四五] ?(?:つ|番)目|最初|最後|上|下|次)の(?:選択肢|記述|文章|もの)"
    r"|[1-9１-９一二三四五] ?(?:つ|番)目(?:と|[がは](?:正|誤))|(?:以上|上記)の(?: ?[2-9２-９二三四五] ?つ|選択肢)"
    r"|順に ?[-−]?[0-9{]|選択肢 ?[A-Fa-fＡ-Ｆア-オ1-9①-⑨]|前者|後者|それぞれ順に"
)


def _by_position(item: Item) -> Iterator[Problem]:
    """Texts on shuffled options must name what they mean: each student sees another order."""
    if not isinstance(item, (kinds.Single, kinds.Multi)) or not item.shuffle:
        return
    for where, words in texts(item):
        if where[-1] not in ("solution", "feedback"):
            continue
        for lang in ("en", "ja"):
            if found := _POSITION.search(getattr(words, lang)):
                yield (
                    (*where, lang),
                    Text(
                        f"{found[0]!r} counts on an order, and the options are shuffled; name them (or shuffle: false)",
                        f"「{found[0]}」は順番を指していますが、選択肢は並べ替えて出題されます。"
                        "内容で示すか、shuffle: false にしてください",
                    ),
                )


def texts(item: Item) -> Iterator[tuple[Where, Bilingual]]:
    """Every text of an item with its place."""
    yield from _walk(item, ())


def _walk(value: Any, where: Where) -> Iterator[tuple[Where, Bilingual]]:
    if isinstance(value, Bilingual):
        yield where, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _walk(getattr(value, name), (*where, name))
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _walk(inner, (*where, name))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _walk(inner, (*where, i))


def _languages(where: Where, words: Bilingual) -> Iterator[Problem]:
    try:
        en, ja = ({n for source, _ in holes(text) for n in names(source)} for text in (words.en, words.ja))
    except ExpressionError as error:
        yield where, error.text
        return
    if en != ja:
        only = ", ".join(sorted(en ^ ja))
        yield where, Text(f"en and ja do not show the same variables: {only}", f"en と ja で変数が異なります: {only}")
    if where[-1] in ("stem", "solution", "feedback"):
        if words.en != words.ja and not _JAPANESE.search(words.ja):
            yield (*where, "ja"), Text("is not Japanese", "日本語で書いてください")
        if len(_JAPANESE.findall(words.en)) > len(words.en) / 5:  # a word quoted is no fault
            yield (*where, "en"), Text("is not English", "英語の文に日本語が混ざっています")
        if words.en == words.ja and len(re.findall(r"[A-Za-z]{3,}", re.sub(r"\$[^$]*\$|`[^`]*`", "", words.en))) > 3:
            yield where, Text("there is no Japanese", "日本語の文がありません")


def _expressions(value: Any) -> Iterator[str]:
    """Every expression of an item, whether it stands alone or in a text."""
    if isinstance(value, str):
        yield value
        yield from (source for source, _ in _holes(value))
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name not in ("id", "type", "params"):
                yield from _expressions(getattr(value, name))
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _expressions(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _expressions(inner)


def _holes(text: str) -> list[tuple[str, str]]:
    try:
        return holes(text)
    except ExpressionError:
        return []


def _names(source: str) -> frozenset[str]:
    try:
        return names(source)
    except ExpressionError:
        return frozenset()


# Drawn ------------------------------------------------------------------------------------------


def _replicas(item: Item, replicas: Sequence[Replica]) -> Iterator[Problem]:
    if item.params and len(replicas) < FEW:
        yield (
            ("params",),
            Text(
                f"only {len(replicas)} different variants; widen the parameters",
                f"異なる問題が {len(replicas)} 通りしか作れません。パラメータの範囲を広げてください",
            ),
        )
    if item.params and len({replace(seal(r), number=0) for r in replicas}) < len(replicas):
        yield (
            ("params",),
            Text("two variants look the same to a student", "学生から見て同じ問題が 2 つ以上できます"),
        )
    for replica in replicas:
        if score(replica, right_answer(replica)).credit != 1:
            yield ("answer",), Text("the right answer does not get full marks", "正解を入力しても満点になりません")
        for text in clashes(replica):
            yield (), text
        for where, body, answer, remark in wrong_answers(replica.body):
            outcome = score_body(body, answer)
            if outcome.misconception != remark.misconception or outcome.credit == 1:
                yield (
                    where,
                    Text(
                        f"is not recognised when somebody answers {answer}",
                        f"{answer} と答えても、この誤答例として認識されません",
                    ),
                )


def wrong_answers(body: Body, at: Where = ()) -> Iterator[tuple[Where, Body, Any, Remark]]:
    """Each wrong answer that the author foresaw: its place and body, what one would type, what it tells."""
    found: list[tuple[Any, Remark]] = []
    match body:
        case Choices() if not body.several:
            yield from (((*at, "options"), body, c.id, c.remark) for c in body.choices if not c.correct)
        case Number():
            found = [(repr(value), remark) for value, remark in body.distractors]
        case Shape():
            found = [(str(value), remark) for value, remark in body.distractors]
        case WrongLine():
            found = [(line, remark) for line, remark in body.distractors]
        case Words():
            for i, (words, remark) in enumerate(body.distractors):
                yield from (((*at, "distractors", i), body, word, remark) for word in words)
        case Cloze():
            for gap in body.gaps:
                yield from wrong_answers(gap.body, ("gaps", gap.name))
        case Choices() | Match() | Order():
            pass  # an answer of several parts is foreseen part by part
        case _:
            assert_never(body)
    yield from (((*at, "distractors", i), body, answer, remark) for i, (answer, remark) in enumerate(found))


def _clashing(item: Item) -> Iterator[Problem]:
    """Most draws must be good ones, or the parameters are chosen badly."""
    if not item.params:
        return
    bad = good = 0
    for trial in range(TRIALS):
        try:
            values = draw_values(item, f"lint/{item.id}/{trial}")
            if values is not None:
                clash = clashes(Builder(item, values, str(trial)).replica(0))
                bad, good = bad + bool(clash), good + (not clash)
        except DrawError as error:
            yield error.where, error.plain
            return
    if bad > good:
        yield (
            ("params",),
            Text(
                f"in {bad} of {bad + good} draws two answers are the same; choose the parameters so that they differ",
                f"{bad + good} 回中 {bad} 回の抽選で解答どうしが重なります。値が重ならないように選んでください",
            ),
        )
