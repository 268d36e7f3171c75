"""Is the score fair? What half-right versions lose, whose code is better than whose, and whether chance decides.

One slip is to cost one group. So a half-right version loses the groups that its author says and no other,
code that is right on ordinary arrays keeps most of its function's points, better code never
scores below worse code, and another seed changes no score by more than one test.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from fractions import Fraction

from ..course.declared import PartialVersion, WrongVersion
from ..course.exercise import Exercise
from ..course.version import Version
from ..errors import ContentError
from ..i18n import Text
from ..model import TestResult
from .inventory import base_name
from .problems import Problem, error, warning

TEXTBOOK_LOSS = Fraction(1, 5)  # of its function's points, at most
Called = Mapping[str, Set[str]]  # by hidden test, the functions that it calls
Results = Sequence[TestResult]


def read_partial(exercise: Exercise) -> tuple[list[PartialVersion], list[Problem]]:
    """The half-right versions, and problems for those whose header is wrong."""
    found: list[PartialVersion] = []
    problems: list[Problem] = []
    for version in exercise.partial:
        try:
            found.append(PartialVersion.read(version, exercise))
        except ContentError as failure:
            problems.append(Problem(version.file, failure.text))
    return found, problems


def read_order(
    exercise: Exercise, declared: Sequence[WrongVersion | PartialVersion]
) -> tuple[dict[Version, tuple[Version, ...]], list[Problem]]:
    """Which versions each version is declared to be better than, and problems for names that are no version."""
    order: dict[Version, tuple[Version, ...]] = {}
    problems: list[Problem] = []
    versions = [*exercise.wrong, *exercise.partial]
    for one in declared:
        try:
            worse = tuple(_named(one.version, name, versions) for name in one.better_than)
        except ContentError as failure:
            problems.append(Problem(one.version.file, failure.text))
            continue
        if worse:
            order[one.version] = worse
    return order, problems


def check_groups(exercise: Exercise, results: Results, called: Called) -> Iterator[Problem]:
    """Warn of a group whose tests call different functions: one function's mistake takes points from another."""
    found: dict[str, set[Set[str]]] = {}
    for result in results:
        if result.tier == "hidden":
            found.setdefault(result.group, set()).add(called.get(base_name(result.name), frozenset()))
    for group, functions in found.items():
        if len(functions) > 1:
            names = "; ".join(sorted(", ".join(sorted(names)) for names in functions))
            yield warning(
                exercise.hidden,
                f"the tests of the group {group!r} call different functions ({names}): one group, one function",
                f"グループ {group!r} のテストが別々の関数を呼んでいます（{names}）。グループごとに関数は 1 つにします",
            )


def check_partial(declared: PartialVersion, results: Results, called: Called) -> Iterator[Problem]:
    """A half-right version loses something, nothing that it may not lose, and little if it is a textbook's."""
    failed = [r for r in results if r.tier == "hidden" and r.status != "passed"]
    if not failed:
        yield error(
            declared.version,
            "passes every hidden test; if it is right, move it to right/",
            "非公開テストすべてに合格します。正しい実装なら right/ に移してください",
        )
    for result in failed:
        if result.group not in declared.may_lose:
            yield error(
                declared.version,
                f"fails {result.name} of the group {result.group!r}, which it may not lose "
                f"({result.cause or 'no cause'})",
                f"失点してよいとされていないグループ {result.group!r} の {result.name} に落ちます"
                f"（{result.cause or '原因不明'}）",
            )
    lost = loss(results, called, declared.function)
    if declared.textbook and lost > TEXTBOOK_LOSS:
        yield error(
            declared.version,
            f"is right on ordinary arrays, but loses {percent(lost)} of its function's points; "
            f"at most {percent(TEXTBOOK_LOSS)} is fair",
            f"通常の配列では正しいのに、関数の配点の {percent(lost)} を失います"
            f"（許容は {percent(TEXTBOOK_LOSS)} まで）",
        )


def check_order(order: Mapping[Version, Sequence[Version]], results: Mapping[Version, Results]) -> Iterator[Problem]:
    """No version scores less than one that it is better than."""
    for better, worse in order.items():
        for other in worse:
            if better in results and other in results and (a := score(results[better])) < (b := score(results[other])):
                yield error(
                    better,
                    f"is better than {other.label}, but scores {float(a):.3f}, less than {float(b):.3f}",
                    f"{other.label} より良いはずですが、得点は {float(a):.3f} で {float(b):.3f} を下回ります",
                )


def check_steady(version: Version, runs: Sequence[Results]) -> Iterator[Problem]:
    """The same code fails the same tests whatever the seed; at most one test may be left to chance."""
    often = Counter(r.name for results in runs for r in results if r.tier == "hidden" and r.status != "passed")
    changing = sorted(name for name, times in often.items() if times < len(runs))
    if len(changing) > 1:
        names = ", ".join(changing)
        yield error(
            version,
            f"the seed decides on {len(changing)} tests, at most 1 may change: {names}",
            f"シードによって結果の変わるテストが {len(changing)} 個あります（許容は 1 個まで）: {names}",
        )


def score(results: Results) -> Fraction:
    """Between 0 and 1: what the hidden tests gave."""
    return sum((r.points for r in results), Fraction(0)) / (sum((r.max_points for r in results), Fraction(0)) or 1)


def loss(results: Results, called: Called, function: str | None) -> Fraction:
    """The share lost of the points of those tests that call a function; of all where it is None."""
    about = [r for r in results if function is None or function in called.get(base_name(r.name), ())]
    return 1 - score(about) if any(r.max_points for r in about) else Fraction(0)


def percent(share: Fraction) -> str:
    """A share as it is printed, rounded to whole percents."""
    return f"{float(share):.0%}"


def _named(version: Version, name: str, versions: Sequence[Version]) -> Version:
    where, found = version.where, [v for v in versions if name in (v.name, v.label) and v != version]
    if len(found) == 1:
        return found[0]
    if found:
        full = ", ".join(v.label for v in found)
        raise ContentError(
            Text(f"{where}: which {name!r} is meant? Write one of {full}", f"{where}: {name!r} は {full} のどれですか")
        )
    raise ContentError(
        Text(
            f"{where}: better than {name!r}, but there is no such version in wrong/ or partial/",
            f"{where}: better than の {name!r} は wrong/ にも partial/ にもありません",
        )
    )
