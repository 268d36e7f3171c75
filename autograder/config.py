"""Read a YAML file into a frozen pydantic model; every error says path:line:column.

PyYAML's node tree knows where each key and value stands; pydantic knows what is wrong and
at which path. This module joins the two.
"""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from .errors import ConfigError

M = TypeVar("M", bound="Config")


class Config(BaseModel):
    """Base of all configuration: frozen, and unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(Config):
    """A text in both languages; neither may be missing or empty."""

    en: str
    ja: str


def parse(path: Path, model: type[M]) -> M:
    """Read and validate a YAML file.

    Raises
    ------
    ConfigError
        One line a problem: ``path:line:column: key: what is wrong (did you mean ...?)``.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(f"{path}: no such file") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 (byte {error.start}); save the file as UTF-8") from None
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        duplicate = root is not None and _duplicate_key(root)
        data = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise ConfigError(f"{path}{where}: {error.problem or error.context}") from None
    except (yaml.YAMLError, ValueError) as error:
        raise ConfigError(f"{path}: {error}") from None
    if duplicate:
        raise ConfigError(f"{path}:{_mark(duplicate)}: {duplicate.value}: key given twice")
    try:
        return model.model_validate({} if data is None else data)
    except ValidationError as error:
        lines = [_describe(path, root, model, e) for e in error.errors()]
        raise ConfigError("\n".join(lines)) from None


def _describe(path: Path, root: Any, model: type[BaseModel], error: Any) -> str:
    location = [part for part in error["loc"] if part != "[key]"]
    dotted = ".".join(map(str, location))
    node = _find(root, location)
    if error["type"] == "extra_forbidden":
        known = _known_keys(model, location[:-1])
        near = difflib.get_close_matches(str(location[-1]), known, 1, 0.5)
        hint = f" (did you mean {near[0]!r}?)" if near else f" (known keys: {', '.join(known)})" if known else ""
        return f"{path}:{_mark(_find_key(root, location) or node)}: {dotted}: unknown key{hint}"
    if error["type"] == "missing":
        parent = _find(root, location[:-1])
        prefix = ".".join(map(str, location[:-1]))
        return f"{path}:{_mark(parent)}: {prefix + ': ' if prefix else ''}missing key {str(location[-1])!r}"
    message = error["msg"].removeprefix("Value error, ")
    return f"{path}:{_mark(node)}: {dotted + ': ' if dotted else ''}{message}"


def _mark(node: Any) -> str:
    return f"{node.start_mark.line + 1}:{node.start_mark.column + 1}" if node is not None else "1:1"


def _find(node: Any, location: list[Any]) -> Any:
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


def _find_key(root: Any, location: list[Any]) -> Any:
    parent = _find(root, location[:-1])
    if not isinstance(parent, yaml.MappingNode):
        return None
    return next((k for k, _ in parent.value if k.value == str(location[-1])), None)


def _duplicate_key(node: Any) -> Any:
    children: list[Any] = []
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                return key
            seen.add(key.value)
            children.append(value)
    elif isinstance(node, yaml.SequenceNode):
        children = node.value
    return next((found for child in children if (found := _duplicate_key(child))), None)


def _known_keys(model: type[BaseModel], location: list[Any]) -> list[str]:
    """Field names of the model that `location` leads to."""
    current: Any = model
    for part in location:
        current = _step(current, part)
        if current is None:
            return []
    return [f.alias or name for name, f in current.model_fields.items()]


def _step(model: Any, part: Any) -> Any:
    if isinstance(part, str) and part in getattr(model, "model_fields", {}):
        return _model_in(model.model_fields[part].annotation)
    return model  # an index or a dict key: the element's model was found one step before


def _model_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((m for a in getattr(annotation, "__args__", ()) if (m := _model_in(a))), None)
