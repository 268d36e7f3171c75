"""Read a YAML file into a frozen pydantic model; every error says path:line:column.

PyYAML's node tree knows where each key and value stands; pydantic knows what is wrong and
at which path. This module joins the two. What pydantic cannot know (a folder that is not
there, an id used in two places) the caller reports through `Document.error`.
"""

from __future__ import annotations

import difflib
import types
import typing
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from ..errors import ConfigError, reason
from ..i18n import Text

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is ten times faster

M = TypeVar("M", bound="Config")
Location = Sequence[str | int]


def _read(text: str, first: Any) -> tuple[Any, Any]:
    """Node tree and data. What libyaml refuses is read again by PyYAML, whose marks are exact."""
    for loader in (first, yaml.SafeLoader):
        try:
            return yaml.compose(text, Loader=loader), yaml.load(text, Loader=loader)
        except yaml.YAMLError:
            if loader is yaml.SafeLoader:
                raise
    raise AssertionError("the last loader returns or raises")


class Config(BaseModel):
    """Base of all configuration: frozen, and unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(Config):
    """A text in both languages; neither may be missing or empty."""

    en: str
    ja: str

    @field_validator("en", "ja")
    @classmethod
    def _not_empty(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("the text is empty")
        return value

    @property
    def text(self) -> Text:
        return Text(self.en, self.ja)


@dataclass(frozen=True)
class Document(Generic[M]):
    """A validated file that still knows where everything stands."""

    path: Path
    config: M
    root: Any
    within: tuple[str | int, ...] = ()

    def error(self, location: Location, text: Text) -> ConfigError:
        """An error about the value at `location`, a path of keys and indices."""
        return ConfigError(_prefixed(self.path, _mark(_find(self.root, location)), (*self.within, *location), text))

    def at(self, node: Any, text: Text) -> ConfigError:
        """An error about a node, wherever it is."""
        return ConfigError(_prefixed(self.path, _mark(node), self.within, text))

    def line(self, location: Location) -> int:
        """The line on which the value at `location` begins, from 1."""
        return int(_find(self.root, location).start_mark.line) + 1

    def node(self, location: Location) -> Any:
        """The YAML node at `location`, for `validate`."""
        return _find(self.root, location)


def parse(path: Path, model: type[M]) -> M:
    """Read and validate a YAML file; see `parse_document`."""
    return parse_document(path, model).config


def parse_document(path: Path, model: type[M], loader: Any = _Loader) -> Document[M]:
    """Read and validate a YAML file, with another loader where numbers are not to be just numbers.

    Raises
    ------
    ConfigError
        One line a problem: ``path:line:column: key: what is wrong (did you mean ...?)``.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(Text(f"{path}: no such file", f"{path}: ファイルがありません")) from None
    except UnicodeDecodeError as error:
        raise ConfigError(
            Text(
                f"{path}: not UTF-8 (byte {error.start}); save the file as UTF-8",
                f"{path}: UTF-8 ではありません（{error.start} バイト目）。UTF-8 で保存してください",
            )
        ) from None
    except OSError as error:
        raise ConfigError(
            Text("{path}: {reason}", "{path}: {reason}").format(path=path, reason=reason(error))
        ) from None
    try:
        root, data = _read(text, loader)
        duplicate = _duplicate_key(root)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        said = error.problem or error.context
        hint = _hint(said)
        words = Text(f"{path}{where}: {said}{hint.en}", f"{path}{where}: YAML として読めません（{said}）{hint.ja}")
        raise ConfigError(words) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ConfigError(Text(f"{path}: {error}", f"{path}: YAML として読めません（{error}）")) from None
    if duplicate is not None:
        raise ConfigError(
            _prefixed(path, _mark(duplicate), [duplicate.value], Text("key given twice", "キーが 2 回書かれています"))
        )
    return validate(path, root, {} if data is None else data, model)


def _hint(problem: str | None) -> Text:
    """What to do where PyYAML's words do not say it."""
    if problem and "escape character" in problem:
        return Text(
            "; in double quotes a backslash begins an escape: use single quotes, or write two of them",
            "。二重引用符の中の \\ はエスケープになります。一重引用符を使うか、\\ を 2 つ書いてください",
        )
    return Text("", "")


def validate(path: Path, root: Any, data: Any, model: type[M], within: Location = ()) -> Document[M]:
    """Validate data whose node is `root`; `within` says to a reader where in the file that is.

    Raises
    ------
    ConfigError
        One line a problem.
    """
    try:
        return Document(path, model.model_validate(data), root, tuple(within))
    except ValidationError as error:
        found = [_describe(path, root, model, e, within) for e in error.errors()]
        raise ConfigError(Text("\n".join(t.en for t in found), "\n".join(t.ja for t in found))) from None


def did_you_mean(name: str, known: Iterable[str]) -> Text:
    """`` (did you mean 'softmax'?)``, or nothing when no known name is near."""
    near = difflib.get_close_matches(name[:100], list(known), 1, 0.5)
    return Text(f" (did you mean {near[0]!r}?)", f"（{near[0]!r} のことでしょうか）") if near else Text("", "")


# What pydantic says, in Japanese. Anything rarer stays in English.
_JA = {
    "string_type": "文字列を書いてください",
    "int_type": "整数を書いてください",
    "int_parsing": "整数を書いてください",
    "int_from_float": "整数を書いてください",
    "float_type": "数を書いてください",
    "float_parsing": "数を書いてください",
    "finite_number": "有限の数を書いてください",
    "bool_type": "true か false を書いてください",
    "bool_parsing": "true か false を書いてください",
    "list_type": "リスト（- で始まる行）を書いてください",
    "dict_type": "キーと値の組を書いてください",
    "model_type": "キーと値の組を書いてください",
    "greater_than": "{gt} より大きい数を書いてください",
    "greater_than_equal": "{ge} 以上の数を書いてください",
    "less_than": "{lt} より小さい数を書いてください",
    "less_than_equal": "{le} 以下の数を書いてください",
    "too_short": "{min_length} 個以上の要素が必要です",
    "literal_error": "{expected} のいずれかを書いてください",
    "string_pattern_mismatch": "{pattern} に合う文字列を書いてください",
}


def _describe(path: Path, root: Any, model: type[BaseModel], error: Any, within: Location = ()) -> Text:
    location = [part for part in error["loc"] if part != "[key]"]
    node = _find(root, location)
    if error["type"] == "extra_forbidden":
        known = _known_keys(model, location[:-1])
        hint = did_you_mean(str(location[-1]), known)
        if not hint.en and known:
            hint = Text(f" (known keys: {', '.join(known)})", f"（使えるキー: {', '.join(known)}）")
        mark = _mark(_find_key(root, location) or node)
        return _prefixed(path, mark, (*within, *location), Text(f"unknown key{hint.en}", f"未知のキーです{hint.ja}"))
    if error["type"] == "missing":
        name = str(location[-1])
        return _prefixed(
            path,
            _mark(_find(root, location[:-1])),
            (*within, *location[:-1]),
            Text(f"missing key {name!r}", f"キー {name!r} がありません"),
        )
    en = error["msg"].removeprefix("Value error, ")
    own = error.get("ctx", {}).get("error")
    if isinstance(own, ConfigError):
        return _prefixed(path, _mark(node), (*within, *location), own.text)
    ja = _JA.get(error["type"], en).format(**error.get("ctx", {}))
    return _prefixed(path, _mark(node), (*within, *location), Text(en[:1].lower() + en[1:], ja))


def _prefixed(path: Path, mark: str, location: Location, text: Text) -> Text:
    dotted = ".".join(map(str, location))
    prefix = f"{path}:{mark}: {dotted + ': ' if dotted else ''}"
    return Text(prefix + text.en, prefix + text.ja)


def _mark(node: Any) -> str:
    return f"{node.start_mark.line + 1}:{node.start_mark.column + 1}" if node is not None else "1:1"


def _find(node: Any, location: Location) -> Any:
    """The node at `location`, or the deepest one that exists on the way."""
    for part in location:
        if isinstance(node, yaml.MappingNode):
            child = next((v for k, v in node.value if k.value == str(part)), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            child = node.value[part]
        else:
            child = None
        if child is None:
            return node
        node = child
    return node


def _find_key(root: Any, location: Location) -> Any:
    parent = _find(root, location[:-1])
    if not isinstance(parent, yaml.MappingNode):
        return None
    return next((k for k, _ in parent.value if k.value == str(location[-1])), None)


def _duplicate_key(root: Any) -> Any:
    """The first key that its mapping holds twice; each node is looked at once, as anchors may form a ring."""
    pending, visited = [root], set()
    while pending:
        node = pending.pop()
        if id(node) in visited:
            continue
        visited.add(id(node))
        if isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in node.value:
                if isinstance(key, yaml.ScalarNode):
                    if key.value in seen:
                        return key
                    seen.add(key.value)
                pending.append(value)
        elif isinstance(node, yaml.SequenceNode):
            pending.extend(node.value)
    return None


def _known_keys(model: type[BaseModel], location: Location) -> list[str]:
    """Field names of the model that `location` leads to."""
    current: Any = model
    for part in location:
        current = _step(current, part)
    if not (isinstance(current, type) and issubclass(current, BaseModel)):
        return []
    return [f.alias or name for name, f in current.model_fields.items()]


def _step(annotation: Any, part: str | int) -> Any:
    """The type one key or index further, with ``| None`` taken away."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        field = annotation.model_fields.get(str(part))
        found: Any = field.annotation if field else None
    else:
        arguments = typing.get_args(annotation)
        found = arguments[-1] if arguments and typing.get_origin(annotation) in (list, dict) else None
    if typing.get_origin(found) in (typing.Union, types.UnionType):
        found = next((a for a in typing.get_args(found) if a is not type(None)), None)
    return found
