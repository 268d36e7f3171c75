"""A real browser for the tests of the pages; without one they are skipped and say so."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

NO_BROWSER = "no browser: needs playwright and chromium"


@contextlib.contextmanager
def chromium() -> Iterator[Any]:
    """A headless Chromium."""
    api = pytest.importorskip("playwright.sync_api", reason=NO_BROWSER)
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    with api.sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        except api.Error:
            pytest.skip(NO_BROWSER)
        yield browser
        browser.close()
