"""An answer file, or the body of a ``%%quiz`` cell, as a student wrote it.

Theory of operation
-------------------
YAML has traps for who only wants to write an answer: ``no`` is false, ``1:30`` is ninety,
``1_000`` is a thousand, a date is a date. So every scalar is a string here, taken from the
parser's events; aliases (and the bombs made of them) are refused, depth and size are capped
(in JSON as well), and keys that are there twice are seen. JSON, which the page and the terminal write, is read
as JSON. What is not valid YAML is read once more line by line: ``item: answer`` is found even
where a bracket is missing elsewhere. Nothing raises; what could not be read is in `problems`.

PyYAML is not needed where it is not installed (on a student's machine): then the lines are all
there is, and they suffice for what students write.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...i18n import Text
from .numbers import quoted

MAX_TEXT = 256 * 1024  # characters
MAX_DEPTH = 8
MAX_NODES = 20_000
MAX_PROBLEMS = 20
MAX_LINE = 2_000
MAX_ANSWER = 20_000  # characters that the lines below an item add up to


@dataclass(frozen=True)
class Given:
    """One answer: `raw` for `score.score`, and the variant that it says it answers."""

    raw: Any
    variant: int | None = None
    variant_problem: bool = False


@dataclass(frozen=True)
class Answers:
    """What was read.

    Attributes
    ----------
    student
        The id that decided the variants, where the file names one.
    problems
        What could not be read, each with its line where there is one.
    """

    given: Mapping[str, Given] = field(default_factory=dict)
    quiz: str | None = None
    student: str | None = None
    problems: tuple[Text, ...] = ()


def read_answers(text: str) -> Answers:
    """Read the text of an answer file."""
    if len(text) > MAX_TEXT:
        said = Text(
            f"larger than {MAX_TEXT // 1024} KiB; the rest was not read",
            f"{MAX_TEXT // 1024} KiB を超えるため、残りは読み込みません",
        )
        found = read_answers(text[:MAX_TEXT])
        return Answers(found.given, found.quiz, found.student, (said, *found.problems))
    text = _typed_by_hand(text.lstrip("\ufeff"))
    reader = _Reader()
    tree = reader.json(text)
    if tree is None:
        tree = reader.yaml(text)
    if not isinstance(tree, dict):
        if tree is not None and not reader.problems:
            reader.problem(1, "not lines like 'item: answer'", "「問題の id: 解答」という形の行になっていません")
        tree = _lines(text)
    return _answers(tree, reader.problems)


def _answers(tree: dict[str, Any], problems: list[Text]) -> Answers:
    answers = tree.get("answers")
    if "answers" not in tree:
        answers = {k: v for k, v in tree.items() if k not in ("quiz", "student", "schema")}
    if answers is None or answers == "":
        answers = {}
    if not isinstance(answers, dict):
        text = Text("'answers' is no mapping of items to answers", "answers が「問題の id: 解答」の形ではありません")
        return Answers({}, _word(tree.get("quiz")), _word(tree.get("student")), (*problems, text))
    given = {str(key): _given(value) for key, value in answers.items()}
    return Answers(given, _word(tree.get("quiz")), _word(tree.get("student")), tuple(problems[:MAX_PROBLEMS]))


def _given(value: Any) -> Given:
    if not isinstance(value, dict) or "answer" not in value or not value.keys() <= {"answer", "variant", "at"}:
        return Given(value)
    number = value.get("variant")
    if number is None or number == "":
        return Given(value["answer"])
    if isinstance(number, str) and re.fullmatch(r"[0-9]{1,6}", unicodedata.normalize("NFKC", number)):
        return Given(value["answer"], int(unicodedata.normalize("NFKC", number)))
    return Given(value["answer"], variant_problem=True)


def _word(value: Any) -> str | None:
    return value.strip()[:200] or None if isinstance(value, str) else None


# A Japanese keyboard's colon after a key, and its blank as indentation.
_WIDE_COLON = re.compile(r"^([ \t\u3000]*[A-Za-z0-9][\w-]*)[ \u3000]*：[ \u3000]*", re.MULTILINE)
_BLANKS = re.compile(r"^[ \u3000]+", re.MULTILINE)


def _typed_by_hand(text: str) -> str:
    text = _WIDE_COLON.sub(r"\1: ", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _BLANKS.sub(lambda m: m[0].replace("\u3000", "  "), text)


class _Reader:
    """Makes a tree of strings, lists and dicts, and collects what is wrong."""

    def __init__(self) -> None:
        self.problems: list[Text] = []

    def problem(self, line: int | None, en: str, ja: str) -> None:
        where = Text(f"line {line}: ", f"{line} 行目: ") if line else Text("", "")
        self.problems.append(Text(where.en + en, where.ja + ja))

    def json(self, text: str) -> Any:
        """The tree of a JSON text, None for any other."""
        if not text.lstrip().startswith("{"):
            return None
        try:
            tree = json.loads(text, object_pairs_hook=self._object, parse_int=str, parse_float=str, parse_constant=str)
        except (ValueError, RecursionError):
            self.problems.clear()
            return None
        try:
            return _strings(tree, 0)
        except _Refused:
            self.problem(None, _TOO_DEEP.en, _TOO_DEEP.ja)
            return {}

    def yaml(self, text: str) -> Any:
        """The tree of a YAML text; None with a problem where it is not valid."""
        try:
            import yaml
        except ImportError:
            return None
        loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
        try:
            return _Tree(yaml, yaml.parse(text, Loader=loader), self).document()
        except _Refused:
            return None
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            words = error.problem or error.context or "not valid YAML"
            said = Text(words, words)
            if "tab character" in words or "'\\t'" in words:
                said = Text("a tab: indent with blanks", "タブ文字があります。字下げには半角スペースを使ってください")
            self.problem(
                mark.line + 1 if mark else None,
                f"not valid YAML ({said.en}); what stands on lines 'item: answer' was read all the same",
                f"YAML の書式に誤りがあります（{said.ja}）。「問題の id: 解答」と読める行だけを採点しました",
            )
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            first = str(error).split("\n")[0][:100]
            self.problem(None, f"not valid YAML ({first})", f"YAML の書式に誤りがあります（{first}）")
        return None

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            self.put(found, key, value, None)
        return found

    def put(self, found: dict[str, Any], key: str, value: Any, line: int | None) -> None:
        """Set a key; of two that differ the last counts."""
        if key in found and found[key] != value:
            self.problem(
                line,
                f"{quoted(key)} is there twice; the last one counts",
                f"{quoted(key)} が 2 回あります。あとのほうを採点しました",
            )
        found[key] = value


_TOO_DEEP = Text(
    "aliases (*name), deep nesting and very long lists are not read; write the answers out",
    "別名（*name）や深い入れ子、極端に長いリストは読み込めません。解答をそのまま書いてください",
)


class _Refused(Exception):
    """The text is valid but not read; the reader has the problem."""


class _Tree:
    """Builds the tree from the parser's events, iteratively: depth costs nothing but is capped."""

    def __init__(self, yaml: Any, events: Iterator[Any], reader: _Reader) -> None:
        self._yaml = yaml
        self._events = events
        self._reader = reader
        self._count = 0

    def document(self) -> Any:
        for event in self._events:
            if isinstance(event, self._yaml.DocumentStartEvent):
                return self._node(next(self._events), 0)
        return {}

    def _node(self, event: Any, depth: int) -> Any:
        yaml, line = self._yaml, event.start_mark.line + 1
        self._count += 1
        if isinstance(event, yaml.AliasEvent) or depth > MAX_DEPTH or self._count > MAX_NODES:
            self._reader.problem(line, _TOO_DEEP.en, _TOO_DEEP.ja)
            raise _Refused
        if isinstance(event, yaml.ScalarEvent):
            return _SURROGATE.sub("\ufffd", event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(inner := next(self._events), yaml.SequenceEndEvent):
                items.append(self._node(inner, depth + 1))
            return items
        found: dict[str, Any] = {}
        while not isinstance(key := next(self._events), yaml.MappingEndEvent):
            at = key.start_mark.line + 1
            name, value = self._node(key, depth + 1), self._node(next(self._events), depth + 1)
            if isinstance(name, str):
                self._reader.put(found, name.strip(), value, at)
            else:
                self._reader.problem(at, "a key must be plain text", "キーは文字列で書いてください")
        return found


def _strings(tree: Any, depth: int) -> Any:
    """JSON's true and null as a person would have typed them; no half of a surrogate pair, which no file can hold."""
    if depth > MAX_DEPTH:
        raise _Refused
    if isinstance(tree, dict):
        return {_SURROGATE.sub("\ufffd", k): _strings(v, depth + 1) for k, v in tree.items()}
    if isinstance(tree, str):
        return _SURROGATE.sub("\ufffd", tree)
    if isinstance(tree, list):
        return [_strings(v, depth + 1) for v in tree]
    return str(tree).lower() if isinstance(tree, bool) else "" if tree is None else tree


_SURROGATE = re.compile("[\ud800-\udfff]")
_KEY = re.compile(r"\s*(?:- )?[\"']?([A-Za-z0-9][\w-]*)[\"']?\s*[:：]")
_FLOW = re.compile(r"\{\s*[\"']?variant[\"']?\s*:\s*([0-9]+)\s*,\s*[\"']?answer[\"']?\s*:")


def _lines(text: str) -> dict[str, Any]:
    """What lines of the form ``item: answer`` say, whatever is wrong with the rest."""
    tree: dict[str, Any] = {}
    answers: dict[str, Any] = {}
    open_item, open_indent = "", -1
    for whole in text.split("\n"):
        line = whole[:MAX_LINE]
        if not line.strip() or line.lstrip().startswith(("#", "%%", "}")):
            continue
        pair = _pair(line)
        indent = len(line) - len(line.lstrip())
        # Indented by mistake: below an answer that is complete, what looks like an item is one.
        stray = pair is not None and "-" in pair[0] and isinstance(answers.get(open_item), str) and answers[open_item]
        if open_item and indent > open_indent and not stray:
            _continue(answers, open_item, line.strip(), pair)
            continue
        if pair is None:
            continue
        key, value = pair[0], _unquoted(pair[1])
        if key in ("quiz", "student", "schema"):
            tree[key] = value
        elif key != "answers":
            flow = _FLOW.match(value)
            rest = value[flow.end() :].strip().removesuffix("}") if flow else ""
            answers[key] = {"variant": flow[1], "answer": _unquoted(rest)} if flow else value
            open_item, open_indent = key, indent
    return {**tree, "answers": answers}


def _pair(line: str) -> tuple[str, str] | None:
    """The item and the answer of a line ``item: answer``."""
    match = _KEY.match(line)
    return (match[1], line[match.end() :].strip().removesuffix(",").rstrip()) if match else None


def _continue(answers: dict[str, Any], item: str, line: str, pair: tuple[str, str] | None) -> None:
    """An indented line belongs to the item above it."""
    if pair is not None and pair[0] in ("variant", "answer"):
        entry = answers[item] if isinstance(answers[item], dict) else {"answer": ""}
        answers[item] = {**entry, pair[0]: _unquoted(pair[1])}
        return
    piece = line.removeprefix("- ").strip()
    said = answers[item].get("answer", "") if isinstance(answers[item], dict) else answers[item]
    if len(said) + len(piece) > MAX_ANSWER:
        return
    said = f"{said}\n{piece}".strip()
    answers[item] = {**answers[item], "answer": said} if isinstance(answers[item], dict) else said


def _unquoted(value: str) -> str:
    comment = re.search(r"(?:^|\s)#", value)
    value = value[: comment.start()].strip() if comment else value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return "" if value in ("|", ">", "|-", ">-") else value
