"""The ten types of items, as YAML says them.

The public names of the models are the types' own; `TYPES` is the list of them all.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, SkipValidation, field_validator, model_validator

from ...course.yaml_file import Config, did_you_mean
from .fields import Expression, Image, Invalid, Param, RemarkParts, String, Words, as_variables, rule_of

ITEM_ID = r"^[a-z0-9][a-z0-9-]*$"
MAX_CHOICES = 12  # their ids are letters
GAP = re.compile(r"\[\[([\w-]+)\]\]")


class Option(RemarkParts):
    text: Words
    correct: bool = False

    @model_validator(mode="after")
    def _credit_of_wrong(self) -> Option:
        if self.correct and (self.credit or self.misconception):
            raise Invalid(
                "a correct option has neither credit nor misconception",
                "正解の選択肢に credit や misconception は書けません",
            )
        return self


class Distractor(RemarkParts):
    """A wrong value that somebody may well give."""

    value: Expression


class ShapeDistractor(RemarkParts):
    value: list[Expression] | Expression


class TextDistractor(RemarkParts):
    value: Words


class Accepted(Config):
    """Accepted words by language; a list is good for both."""

    en: list[String] = Field(min_length=1)
    ja: list[String] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _both(cls, value: Any) -> Any:
        if isinstance(value, (str, int, float)) and not isinstance(value, bool):
            value = [value]
        return {"en": value, "ja": value} if isinstance(value, list) else value


class WordsDistractor(RemarkParts):
    accept: Accepted


class LineDistractor(RemarkParts):
    line: int = Field(ge=1)


class OffEach(Config):
    rule: Literal["off", "each"]


class OffPairs(Config):
    rule: Literal["off", "pairs"]


class OffPerAxis(Config):
    rule: Literal["off", "per_axis"]


class MultiRule(Config):
    rule: Literal["off", "net", "coverage", "each"]


class SingleParts(Config):
    type: Literal["single"]
    options: list[Option] = Field(min_length=2, max_length=MAX_CHOICES)
    shuffle: bool = True

    @field_validator("options")
    @classmethod
    def _one_correct(cls, options: list[Option]) -> list[Option]:
        count = sum(o.correct for o in options)
        if count != 1:
            raise Invalid(
                f"{count} options are marked correct; exactly one must be",
                f"correct: true の選択肢が {count} 個あります。ちょうど 1 個にしてください",
            )
        return options


def _plain_value(data: Any) -> Any:
    """``answer: 3`` for ``answer: {value: 3}``."""
    return data if isinstance(data, dict) else {"value": data}


class NumberAnswer(Config):
    value: Expression
    atol: float = Field(default=1e-9, ge=0, allow_inf_nan=False)
    rtol: float = Field(default=1e-3, ge=0, lt=1, allow_inf_nan=False)


class NumericParts(Config):
    type: Literal["numeric"]
    answer: Annotated[NumberAnswer, BeforeValidator(_plain_value)]
    unit: Words | None = None
    distractors: list[Distractor] = Field(default=[])
    prove: str | None = None


class ShortAnswer(Config):
    accept: Accepted
    regex: list[str] = Field(default=[])

    @field_validator("regex", mode="before")
    @classmethod
    def _compiles(cls, value: Any) -> Any:
        patterns = [value] if isinstance(value, str) else value
        for pattern in patterns if isinstance(patterns, list) else []:
            try:
                re.compile(pattern)
            except (re.error, TypeError) as error:
                raise Invalid(f"{pattern!r}: {error}", f"{pattern!r}: 正規表現の誤りです（{error}）") from None
        return patterns


class ShortParts(Config):
    type: Literal["short"]
    answer: ShortAnswer
    distractors: list[WordsDistractor] = Field(default=[])


class _Item(Config):
    """What every item has."""

    id: str = Field(pattern=ITEM_ID)
    points: float = Field(default=1.0, gt=0, allow_inf_nan=False)
    tags: list[String] = Field(default=[])
    source: list[String] = Field(default=[])
    params: Annotated[dict[str, Param], BeforeValidator(as_variables)] = Field(default={})
    constraints: list[Expression] = Field(default=[])
    compute: Annotated[dict[str, Expression], BeforeValidator(as_variables)] = Field(default={})
    stem: Words
    code: str | None = None
    image: Image | None = None
    prove: str | None = None
    solution: Words | None = None


class Single(SingleParts, _Item):
    pass


class Multi(_Item):
    type: Literal["multi"]
    options: list[Option] = Field(min_length=2, max_length=MAX_CHOICES)
    shuffle: bool = True
    partial: Annotated[MultiRule, BeforeValidator(rule_of)] = MultiRule(rule="net")

    @field_validator("options")
    @classmethod
    def _some_correct(cls, options: list[Option]) -> list[Option]:
        if all(o.correct for o in options) or not any(o.correct for o in options):
            raise Invalid("some options must be correct and some wrong", "正解の選択肢と誤りの選択肢の両方が必要です")
        if any(o.credit for o in options):
            raise Invalid("options of a multi have no credit: see partial", "multi の選択肢に credit は書けません")
        return options


class _Proved(_Item):
    """A type whose answer is computed, so that lint can compute it another way."""

    @model_validator(mode="after")
    def _has_proof(self) -> Any:
        if self.prove is None:
            raise Invalid(
                "'prove' is missing: Python that gives the answer (prove: none for a fact, with a source)",
                "prove がありません。答えを求める Python の式を書いてください（事実問題は prove: none と source）",
            )
        if self.prove.strip().lower() == "none" and not self.source:
            raise Invalid("prove: none needs a source", "prove: none には source が必要です")
        return self


class Numeric(NumericParts, _Proved):
    pass


class ShapeAnswer(Config):
    value: list[Expression] | Expression


class Shape(_Proved):
    type: Literal["shape"]
    answer: Annotated[ShapeAnswer, BeforeValidator(_plain_value)]
    distractors: list[ShapeDistractor] = Field(default=[])
    partial: Annotated[OffPerAxis, BeforeValidator(rule_of)] = OffPerAxis(rule="per_axis")


class Pair(Config):
    left: Words
    right: Words


class Match(_Item):
    type: Literal["match"]
    pairs: list[Pair] = Field(min_length=2, max_length=MAX_CHOICES)
    extra: list[Words] = Field(default=[])
    shuffle: bool = True
    partial: Annotated[OffEach, BeforeValidator(rule_of)] = OffEach(rule="each")


class Step(Config):
    """One step; with `id` and `after` the steps form a graph, any order that respects it is right."""

    text: Words
    id: str | None = None
    after: list[str] | None = None

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, value: Any) -> Any:
        if isinstance(value, dict) and "text" in value:
            return value
        return {"text": value}


class Order(_Item):
    type: Literal["order"]
    steps: list[Step] = Field(min_length=3, max_length=MAX_CHOICES)
    partial: Annotated[OffPairs, BeforeValidator(rule_of)] = OffPairs(rule="pairs")

    @field_validator("steps")
    @classmethod
    def _graph(cls, steps: list[Step]) -> list[Step]:
        ids = [s.id for s in steps if s.id is not None]
        if len(set(ids)) != len(ids):
            raise Invalid("two steps have the same id", "同じ id の手順が 2 つあります")
        seen: set[str] = set()
        for step in steps:
            for other in step.after or []:
                if other not in seen:
                    hint = did_you_mean(other, seen)
                    raise Invalid(
                        f"after: no earlier step has the id {other!r}{hint.en}",
                        f"after: {other!r} という id の手順がこれより前にありません{hint.ja}",
                    )
            if step.id is not None:
                seen.add(step.id)
        return steps


Gap = SingleParts | NumericParts | ShortParts
GAP_TYPES: dict[str, type[Gap]] = {"single": SingleParts, "numeric": NumericParts, "short": ShortParts}


class Cloze(_Item):
    type: Literal["cloze"]
    # Skipped, as the loader validates each gap by its type: pydantic's own errors would lose the place.
    gaps: dict[str, Annotated[Gap, SkipValidation]] = Field(min_length=1)
    partial: Annotated[OffEach, BeforeValidator(rule_of)] = OffEach(rule="each")

    @field_validator("gaps", mode="before")
    @classmethod
    def _names(cls, value: Any) -> Any:
        return {str(k): v for k, v in value.items()} if isinstance(value, dict) else value

    @model_validator(mode="after")
    def _in_stem(self) -> Cloze:
        for lang in ("en", "ja"):
            there = GAP.findall(getattr(self.stem, lang))
            if sorted(there) != sorted(self.gaps):
                marks, names = ", ".join(there) or "none", ", ".join(self.gaps)
                raise Invalid(
                    f"the stem ({lang}) has the gaps {marks}, and 'gaps' has {names}",
                    f"stem（{lang}）の空欄は {marks}、gaps は {names} です。そろえてください",
                )
        return self


class Output(_Item):
    type: Literal["output"]
    code: str = Field(min_length=1)
    answer: String | None = None
    options: bool = False
    distractors: list[TextDistractor] = Field(default=[])

    @model_validator(mode="after")
    def _choices(self) -> Output:
        if self.options and not self.distractors:
            raise Invalid("options: true needs distractors", "options: true には distractors が必要です")
        return self


class Short(ShortParts, _Item):
    pass


class LineAnswer(Config):
    line: int = Field(ge=1)


class FindTheError(_Item):
    type: Literal["find_the_error"]
    code: str = Field(min_length=1)
    answer: LineAnswer
    fix: str
    check: str
    distractors: list[LineDistractor] = Field(default=[])

    @model_validator(mode="after")
    def _lines_exist(self) -> FindTheError:
        count = len(self.code.rstrip("\n").split("\n"))
        lines = [self.answer.line, *(d.line for d in self.distractors)]
        if max(lines) > count:
            raise Invalid(f"the code has only {count} lines", f"code は {count} 行しかありません")
        if len(set(lines)) != len(lines):
            raise Invalid("a line is named twice", "同じ行が 2 回指定されています")
        return self


Item = Single | Multi | Numeric | Shape | Match | Order | Cloze | Output | Short | FindTheError
TYPES: dict[str, type[Item]] = {
    "single": Single,
    "multi": Multi,
    "numeric": Numeric,
    "shape": Shape,
    "match": Match,
    "order": Order,
    "cloze": Cloze,
    "output": Output,
    "short": Short,
    "find_the_error": FindTheError,
}
