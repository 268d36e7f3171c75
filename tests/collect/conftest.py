"""Real folders and real zips, from a mapping of paths to contents."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path

import pytest

Content = str | bytes
RELU = "import numpy as np\n\n\ndef relu(x):\n    return np.maximum(x, 0)\n"


class RawName(zipfile.ZipInfo):
    """A member whose name is written as the given bytes, without the UTF-8 flag: what Windows makes."""

    raw = b""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.raw, self.flag_bits


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Write files below ``tmp_path/class``; a path that ends in ``/`` is an empty folder."""

    def make(files: Mapping[str, Content], at: Mapping[str, datetime] | None = None) -> Path:
        root = tmp_path / "class"
        root.mkdir(exist_ok=True)
        for name, content in files.items():
            path = root / name
            if name.endswith("/"):
                path.mkdir(parents=True)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        for name, time in (at or {}).items():
            os.utime(root / name, (time.timestamp(), time.timestamp()))
        return root

    return make


@pytest.fixture
def zipped(tmp_path: Path) -> Callable[..., Path]:
    """Write a zip; names are text (UTF-8), bytes (written raw), or a prepared ZipInfo."""

    def make(
        files: Mapping[str, Content] | Iterable[tuple[str | bytes | zipfile.ZipInfo, Content]],
        name: str = "hw1.zip",
        time: tuple[int, int, int, int, int, int] = (2026, 11, 20, 17, 30, 0),
        compression: int = zipfile.ZIP_DEFLATED,
    ) -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", compression) as archive:
            for member, content in files.items() if isinstance(files, Mapping) else files:
                if isinstance(member, bytes):
                    info: zipfile.ZipInfo = RawName(repr(member), time)
                    info.raw = member  # type: ignore[attr-defined]
                else:
                    info = member if isinstance(member, zipfile.ZipInfo) else zipfile.ZipInfo(member, time)
                info.compress_type = compression
                archive.writestr(info, content)
        return path

    return make


def notebook(*cells: str | tuple[str, str], nbformat: int = 4) -> str:
    """The text of an ``.ipynb``; a plain string is a code cell, else (cell type, source)."""
    typed = [("code", c) if isinstance(c, str) else c for c in cells]
    made = [{"cell_type": kind, "source": source.splitlines(keepends=True), "metadata": {}} for kind, source in typed]
    return json.dumps({"nbformat": nbformat, "nbformat_minor": 5, "metadata": {}, "cells": made})


@pytest.fixture(name="notebook")
def _notebook() -> Callable[..., str]:
    return notebook


@pytest.fixture
def relu() -> str:
    return RELU
