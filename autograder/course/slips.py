"""``slips.yaml``: wrong versions that are small changes of another version.

Most wrong answers differ from a right one, or from each other, in a line or two. A slip says just that::

    slips:
      leaky:
        cause: leaky
        fails: [test_negative_is_zero]
        base: right/where            # default: reference
        replace:
        - {old: "0.0)", new: "0.01 * x)"}

Each ``old`` must stand in its base as often as ``times`` says (default 1), so a change of the base
that a slip depends on is noticed. Bases are the reference and the files in ``right/`` and ``wrong/``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import Field

from ..errors import ConfigError
from ..i18n import Text
from .version import Version, known
from .yaml_file import Config, Document, parse_document

FILE = "slips.yaml"


class Replacement(Config):
    """One exact change."""

    old: str = Field(min_length=1)
    new: str
    times: int = Field(default=1, ge=1)


class Slip(Config):
    """A wrong version, told by its difference from its base."""

    cause: str
    fails: list[str] = Field(min_length=1)
    base: str = "reference"
    replace: list[Replacement] = Field(min_length=1)
    run: bool = Field(default=True, description="False for one that must not run inside the judge.")
    better_than: list[str] = Field(default=[])


class Slips(Config):
    """slips.yaml."""

    slips: dict[str, Slip] = Field(min_length=1)


def read_slips(folder: Path, bases: Mapping[str, Version]) -> list[Version]:
    """The slips of an exercise as wrong versions; none where there is no ``slips.yaml``.

    Parameters
    ----------
    bases
        By name: ``reference``, ``right/NAME``, ``wrong/NAME``.

    Raises
    ------
    ConfigError, ContentError
        The file is malformed, a base is not there, or a text does not stand in it as often as it should.
    """
    path = folder / FILE
    if not path.is_file():
        return []
    document = parse_document(path, Slips)
    return [_version(document, name, slip, bases) for name, slip in document.config.slips.items()]


def _version(document: Document[Slips], name: str, slip: Slip, bases: Mapping[str, Version]) -> Version:
    line = document.line(("slips", name)) - 1  # of the name itself
    where = f"{document.path}:{line}"
    if not name.isidentifier():
        raise ConfigError(
            Text(
                f"{where}: {name!r} is no name for a slip: letters, digits and _ make one",
                f"{where}: {name!r} は名前に使えません。英数字と _ だけにします",
            )
        )
    if f"wrong/{name}" in bases:
        raise ConfigError(
            Text(f"{where}: wrong/{name}.py has this name already", f"{where}: 同じ名前の wrong/{name}.py があります")
        )
    known(where, slip.base, bases, Text("base", "元になる版"))
    base = bases[slip.base]
    code = base.code
    for number, change in enumerate(slip.replace):
        found = code.count(change.old)
        if found != change.times:
            raise document.error(
                ("slips", name, "replace", number),
                Text(
                    f"'old' stands {found} times in {slip.base}, not {change.times}",
                    f"old は {slip.base} に {found} 回あります（{change.times} 回のはずです）",
                ),
            )
        code = code.replace(change.old, change.new)
    given = {"cause": slip.cause, "fails": ", ".join(slip.fails), "run": "yes" if slip.run else "no"}
    if slip.better_than:
        given["better than"] = ", ".join(slip.better_than)
    return Version("wrong", name, code, document.path, line, base, given)
