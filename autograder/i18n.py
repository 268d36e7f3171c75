"""Two languages: a text carries both, and one place decides which is shown."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any, Literal

Lang = Literal["en", "ja"]
LANGS: tuple[Lang, ...] = ("en", "ja")


@dataclass(frozen=True)
class Text:
    """One message, written for each language."""

    en: str
    ja: str

    def get(self, lang: Lang) -> str:
        return self.ja if lang == "ja" else self.en

    def format(self, **values: Any) -> Text:
        """Fill both in; a value that is a `Text` itself is given in the language of each."""
        en = {k: v.en if isinstance(v, Text) else v for k, v in values.items()}
        ja = {k: v.ja if isinstance(v, Text) else v for k, v in values.items()}
        return Text(self.en.format(**en), self.ja.format(**ja))

    def as_dict(self) -> dict[str, str]:
        return {"en": self.en, "ja": self.ja}

    @classmethod
    def of(cls, value: Text | dict[str, str] | str) -> Text:
        """Accept a `Text`, a mapping with ``en`` and ``ja``, or one string for both."""
        if isinstance(value, Text):
            return value
        if isinstance(value, str):
            return cls(value, value)
        return cls(value["en"], value["ja"])


def choose_language(option: str | None = None) -> Lang:
    """The language to speak: the option, then AUTOGRADER_LANG, LC_ALL, LANG, else English."""
    for value in (option, *(os.environ.get(k) for k in ("AUTOGRADER_LANG", "LC_ALL", "LANG"))):
        if value:
            return "ja" if value.lower().startswith("ja") else "en"
    return "en"
