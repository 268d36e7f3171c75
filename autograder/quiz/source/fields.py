"""The pieces of which items are written: texts, expressions, parameters, remarks on wrong answers."""

from __future__ import annotations

import keyword
import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from ...course.yaml_file import Bilingual, Config
from ...errors import ConfigError
from ...i18n import Text
from .expr import CONSTANTS, FUNCTIONS, ExpressionError, parse
from .written import WrittenFloat, WrittenInt, misread

CAUSE_ID = r"^[a-z][a-z0-9-]*$"


class Invalid(ConfigError, ValueError):
    """A validator's error in both languages; pydantic wants a ValueError."""

    def __init__(self, en: str, ja: str) -> None:
        super().__init__(Text(en, ja))


def _as_text(value: Any) -> Any:
    """A plain string or number is the same text in both languages."""
    if isinstance(value, bool) or value is None:
        word = "null" if value is None else str(value).lower()
        raise Invalid(
            f"YAML reads this as {word}; put the text in quotes",
            f"YAML はこれを {word} と解釈します。引用符で囲んでください",
        )
    if isinstance(value, (str, int, float)):
        as_written(value)
        return {"en": str(value), "ja": _unfolded(str(value))}
    if isinstance(value, dict):
        for inner in value.values():
            as_written(inner)
        plain = {k: str(v) if _is_number(v) else v for k, v in value.items()}
        return plain | {"ja": _unfolded(plain["ja"])} if isinstance(plain.get("ja"), str) else plain
    return value


def as_written(value: Any) -> Any:
    """The value, unless it is a number that as a text would not be what is written."""
    if isinstance(value, (WrittenInt, WrittenFloat)):
        said = misread(value.source, str(value))
        raise Invalid(said.en, said.ja)
    return value


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


# A line's end between two full-width characters is no blank, though YAML folds it into one.
# (Greek letters and signs such as the minus are no full-width characters: the blanks around them stay.)
_WIDE = r"\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60"
_FOLD = re.compile(f"(?<=[{_WIDE}])[ \\n](?=[{_WIDE}])")


def _unfolded(text: str) -> str:
    return _FOLD.sub("", text)


def _as_expression(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise Invalid("write a number or an expression", "数か式を書いてください")
    source = repr(value) if not isinstance(value, str) else value
    try:
        parse(source)
    except ExpressionError as error:
        raise Invalid(error.text.en, error.text.ja) from None
    return source


def _as_string(value: Any) -> Any:
    return str(as_written(value)) if _is_number(value) else _as_text(value)["en"] if isinstance(value, bool) else value


def _as_numbers(values: Any) -> Any:
    """PyYAML reads 1e-3 as a string; nobody means one."""
    if not isinstance(values, list):
        return values
    return [_number(v) for v in values]


def _number(value: Any) -> Any:
    if isinstance(value, WrittenInt):
        return int(value)
    named = isinstance(value, str) and _EXPONENT.fullmatch(value)
    return float(value) if named or isinstance(value, WrittenFloat) else value


_EXPONENT = re.compile(r"[-+]?[0-9]+(\.[0-9]*)?[eE][-+]?[0-9]+")

Words = Annotated[Bilingual, BeforeValidator(_as_text)]
Expression = Annotated[str, BeforeValidator(_as_expression)]
String = Annotated[str, BeforeValidator(_as_string)]
Credit = Annotated[float, Field(ge=0, lt=1, allow_inf_nan=False)]
Cause = Annotated[str, Field(pattern=CAUSE_ID)]


class Param(Config):
    """What is drawn for one variable: exactly one of the three."""

    integer: tuple[int, int] | None = Field(default=None, alias="int", description="Lowest and highest integer.")
    choice: Annotated[list[Any], BeforeValidator(_as_numbers)] | None = Field(
        default=None, min_length=1, description="Any of these values."
    )
    decimal: tuple[float, float, float] | None = Field(
        default=None, alias="float", description="Low, high, step: a decimal grid."
    )

    @model_validator(mode="after")
    def _one(self) -> Param:
        given = [v for v in (self.integer, self.choice, self.decimal) if v is not None]
        if len(given) != 1:
            raise Invalid(
                "give exactly one of int: [low, high], choice: [...], float: [low, high, step]",
                "int: [最小, 最大]、choice: [...]、float: [最小, 最大, 刻み] のどれか 1 つを書いてください",
            )
        bounds = self.integer or self.decimal
        if bounds is not None and (bounds[0] > bounds[1] or (self.decimal is not None and self.decimal[2] <= 0)):
            raise Invalid("the lower bound is above the upper, or the step is not positive", "範囲が正しくありません")
        if bounds is not None and not all(abs(b) < 1e12 for b in bounds):
            raise Invalid("the range is too large", "範囲が大きすぎます")
        return self


def as_variables(value: Any) -> Any:
    """Names of variables, none of which YAML or the expressions know as something else."""
    for name in value if isinstance(value, dict) else ():
        if isinstance(name, bool):
            word = str(name).lower()
            raise Invalid(
                f"YAML reads a name like 'on', 'off', 'yes' or 'no' as {word}; choose another or put it in quotes",
                f"on、off、yes、no のような名前を YAML は {word} と解釈します。別の名前にするか引用符で囲んでください",
            )
        if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name) or keyword.iskeyword(name):
            raise Invalid(f"{name!r} is not a variable's name", f"{name!r} は変数名として使えません")
        if name in CONSTANTS or name in FUNCTIONS:
            raise Invalid(
                f"{name!r} is a constant or function of expressions; choose another name",
                f"{name!r} は式の定数か関数の名前です。別の名前にしてください",
            )
    return value


def _as_rule(value: Any) -> Any:
    """YAML reads ``off`` as false."""
    return "off" if value is False else value


def rule_of(value: Any) -> Any:
    """``partial: off`` for ``partial: {rule: off}``."""
    rule = value.get("rule") if isinstance(value, dict) else value
    return {**value, "rule": _as_rule(rule)} if isinstance(value, dict) else {"rule": _as_rule(rule)}


class Image(Config):
    """A picture below the quiz folder."""

    src: str = Field(pattern=r"^[\w][\w./-]*\.(svg|png|jpg|jpeg|gif)$")
    alt: Words


class RemarkParts(Config):
    """What an author may say about a wrong answer."""

    misconception: Cause | None = None
    feedback: Words | None = None
    credit: Credit = 0

    @model_validator(mode="after")
    def _explained(self) -> Any:
        if self.misconception is not None and self.feedback is None:
            raise Invalid(
                f"misconception {self.misconception!r} needs a feedback",
                f"misconception {self.misconception!r} には feedback が必要です",
            )
        return self
