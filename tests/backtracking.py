"""Which regular expressions may take more than linear time, told from their structure.

Theory of operation. A pattern becomes Glushkov's automaton: a state for each place that reads a
character, an edge from what may be read before to what may be read next. A backtracking matcher
takes exponential time where one state is reached from itself in two ways that read the same text,
and polynomial time where two loops can read the same text and the first leads to the second: then
n characters are divided between them in n ways. An unanchored search has one more loop, which
reads what stands before the match. Assertions are taken to hold, so the answer may be "yes" too
often; what is long and bounded (more than `UNROLLED`) counts as unbounded.
"""

from __future__ import annotations

import re
import re._constants as sre  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import Any, Literal

UNROLLED = 10
_SAMPLES = "aAzZfxs_bd0159 \t\n\r\0.,;:-+*/=%!?#'\"`()[]{}<>|\\&~@^$éπあア漢０　：、。，\u2028\ud800\x1b\U0001f600"
Use = Literal["search", "match", "fullmatch"]


@dataclass
class Part:
    """What a piece of a pattern may begin and end with; `last` says whether it may be left there unconditionally."""

    empty: bool
    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)


class Automaton:
    def __init__(self, pattern: str | bytes, flags: int, use: Use) -> None:
        text = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
        tree = parser.parse(text, flags)
        self._flags = tree.state.flags | flags
        self.chars = sorted({*_SAMPLES, *_named(tree)})
        self.reads: list[frozenset[str]] = []
        self.follow: list[set[int]] = []
        self.greedy_only: dict[int, frozenset[str]] = {}
        self.twice = False
        self._loops = 0
        whole = self._sequence(list(tree))
        self.ends = set() if use == "fullmatch" or _conditional(list(tree)) else set(whole.last)
        anchored = bool(len(tree)) and all(_anchored(items) for items in _branches(list(tree)))
        if use == "search" and not (anchored and not self._flags & re.MULTILINE):
            before = self._state(frozenset(self.chars))
            self._edges([before], [before])
            if anchored:  # to the beginning of a line
                line = self._state(frozenset("\n"))
                self._edges([before], [line])
                before = line
            self._edges([before], whole.first)

    def _state(self, reads: frozenset[str]) -> int:
        self.reads.append(reads)
        self.follow.append(set())
        return len(self.reads) - 1

    def _edges(self, sources: Iterable[int], targets: Iterable[int], loop: bool = False) -> None:
        for source, target in product(sources, targets):
            self.twice |= loop and target in self.follow[source]
            self.follow[source].add(target)

    def _sequence(self, items: list[Any]) -> Part:
        whole = Part(True)
        for item in items:
            part = self._item(*item)
            self._edges(whole.last, part.first)
            whole = Part(
                whole.empty and part.empty,
                whole.first + (part.first if whole.empty else []),
                part.last + (whole.last if part.empty else []),
            )
        return whole

    def _item(self, op: Any, value: Any) -> Part:
        if op in (sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN):
            state = self._state(frozenset(c for c in self.chars if _reads(op, value, c, self._flags)))
            return Part(False, [state], [state])
        if op is sre.SUBPATTERN:
            return self._sequence(list(value[3]))
        if op is sre.ATOMIC_GROUP:
            return self._sequence(list(value))
        if op is sre.BRANCH:
            parts = [self._sequence(list(branch)) for branch in value[1]]
            # The parser makes (a|a) of a(|): two ways to read nothing.
            self.twice |= self._loops > 0 and sum(p.empty for p in parts) > 1
            return Part(
                any(p.empty for p in parts), [s for p in parts for s in p.first], [s for p in parts for s in p.last]
            )
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            return self._repeat(op, *value)
        return Part(True)  # assertions, anchors

    def _repeat(self, op: Any, low: int, high: Any, body: Any) -> Part:
        if high is not sre.MAXREPEAT and high <= UNROLLED:
            copies = [[(sre.SUBPATTERN, (None, 0, 0, body))] for _ in range(high)]
            whole = Part(True)
            for number, copy in enumerate(copies):
                part = self._sequence(copy)
                self._edges(whole.last, part.first)
                optional = part.empty or number >= low
                whole = Part(
                    whole.empty and optional,
                    whole.first + (part.first if whole.empty else []),
                    part.last + (whole.last if optional else []),
                )
            return whole
        self._loops += 1
        part = self._sequence(list(body))
        self._loops -= 1
        self._edges(part.last, part.first, loop=True)
        self.twice |= part.empty and high is not sre.MAXREPEAT  # without a bound the matcher takes care of that
        if op is sre.POSSESSIVE_REPEAT and len(part.first) == 1 and part.first == part.last:
            self.greedy_only[part.first[0]] = self.reads[part.first[0]]
        return Part(part.empty or low == 0, part.first, part.last)

    def steps(self, *states: int) -> Iterable[tuple[int, ...]]:
        for after in product(*(self.follow[s] for s in states)):
            if frozenset.intersection(*map(self._passes, states, after)):
                yield after

    def _passes(self, source: int, target: int) -> frozenset[str]:
        """The characters that lead from a state to the next: a possessive loop is left by none that it reads."""
        return self.reads[target] - (self.greedy_only.get(source, frozenset()) if target != source else frozenset())

    def reachable(self, start: tuple[int, ...], within: list[set[int]] | None = None) -> set[tuple[int, ...]]:
        seen: set[tuple[int, ...]] = set()
        waiting = [start]
        while waiting:
            for after in self.steps(*waiting.pop()):
                if after not in seen and (within is None or all(s in w for s, w in zip(after, within, strict=True))):
                    seen.add(after)
                    waiting.append(after)
        return seen

    def growth(self) -> Literal["linear", "polynomial", "exponential"]:
        """How the time of a failing match grows with the text."""
        states = range(len(self.reads))
        to = {s: {after for (after,) in self.reachable((s,))} for s in states}
        loops = {s: {o for o in to[s] if s in to[o]} | {s} for s in states if s in to[s]}
        if self.twice:
            return "exponential"
        for s, own in loops.items():
            pairs = self.reachable((s, s), [own, own])
            if any(a != b and (s, s) in self.reachable((a, b), [own, own]) for a, b in pairs):
                return "exponential"
        for p, q in product(loops, loops):
            near = p != q and q in to[p] and q not in self.ends
            if near and (p, q, q) in self.reachable((p, p, q), [loops[p], set(states), loops[q]]):
                return "polynomial"
        return "linear"


def growth(pattern: str | bytes, flags: int = 0, use: Use = "search") -> str:
    """``linear``, ``polynomial`` or ``exponential``."""
    return Automaton(pattern, flags, use).growth()


def _branches(items: list[Any]) -> list[list[Any]]:
    if len(items) == 1 and items[0][0] is sre.BRANCH:
        return [list(branch) for branch in items[0][1][1]]
    return [items]


def _anchored(items: list[Any]) -> bool:
    return bool(items) and items[0][0] is sre.AT and items[0][1] in (sre.AT_BEGINNING, sre.AT_BEGINNING_STRING)


def _conditional(items: list[Any]) -> bool:
    """Whether something that reads nothing may still fail at the end."""
    if not items:
        return False
    op, value = items[-1]
    if op is sre.SUBPATTERN:
        return _conditional(list(value[3]))
    if op is sre.BRANCH:
        return any(_conditional(list(branch)) for branch in value[1])
    return op in (sre.AT, sre.ASSERT, sre.ASSERT_NOT)


def _named(tree: Any) -> set[str]:
    """The characters that a pattern names, and their neighbours."""
    found: set[int] = set()

    def visit(value: Any) -> None:
        if isinstance(value, tuple) and len(value) == 2 and value[0] in (sre.LITERAL, sre.NOT_LITERAL):
            found.add(value[1])
        elif isinstance(value, tuple) and len(value) == 2 and value[0] is sre.RANGE:
            found.update(value[1])
        elif isinstance(value, (tuple, list, parser.SubPattern)):
            for inner in value:
                visit(inner)

    visit(tree)
    return {chr(c + d) for c in found for d in (-1, 0, 1) if 0 <= c + d < 0x110000}


def _reads(op: Any, value: Any, char: str, flags: int) -> bool:
    if op is sre.ANY:
        return char != "\n" or bool(flags & re.DOTALL)
    if op is sre.NOT_LITERAL:
        return not _same(value, char, flags)
    if op is sre.LITERAL:
        return _same(value, char, flags)
    negated = bool(value) and value[0][0] is sre.NEGATE
    return negated != any(_in(*item, char, flags) for item in value if item[0] is not sre.NEGATE)


def _in(op: Any, value: Any, char: str, flags: int) -> bool:
    if op is sre.LITERAL:
        return _same(value, char, flags)
    if op is sre.RANGE:
        spellings = {char, char.lower(), char.upper()} if flags & re.IGNORECASE else {char}
        return any(len(c) == 1 and value[0] <= ord(c) <= value[1] for c in spellings)
    return bool(_category(value).fullmatch(char))


def _same(code: int, char: str, flags: int) -> bool:
    return chr(code) == char or bool(flags & re.IGNORECASE and chr(code).lower() == char.lower())


@cache
def _category(name: Any) -> re.Pattern[str]:
    letter = {"DIGIT": "d", "SPACE": "s", "WORD": "w"}[str(name).split("_")[-1]]
    return re.compile("\\" + (letter.upper() if "_NOT_" in str(name) else letter))
