"""How long to wait before a request is tried again.

Exponential, with full jitter: sixty teachers whose uploads were refused in the same second
must not all come back in the same second. What the server asks for (``Retry-After``) is
waited for at least, up to a bound.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


@dataclass(frozen=True)
class Backoff:
    """The policy of a client.

    Attributes
    ----------
    tries
        How often a request is sent at most.
    base, cap
        Seconds: the first wait is up to ``base``, then up to twice that, and never over ``cap``.
    patience
        Seconds that a ``Retry-After`` is obeyed at most; a longer one ends the upload.
    sleep
        Waits so many seconds.
    """

    tries: int = 6
    base: float = 1.0
    cap: float = 60.0
    patience: float = 300.0
    sleep: Callable[[float], None] = time.sleep

    def wait(self, attempt: int, asked: float | None = None) -> bool:
        """Wait after the failed `attempt` (from 1); False if there shall be no other one."""
        if attempt >= self.tries or (asked or 0.0) > self.patience:
            return False
        jitter = random.uniform(0, min(self.cap, self.base * 2 ** (attempt - 1)))
        self.sleep(jitter + (asked or 0.0))
        return True


def retry_after(value: str | None, now: datetime | None = None) -> float | None:
    """Seconds that a ``Retry-After`` header asks for (a number or an HTTP date), None if it says nothing."""
    if not value:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - (now or datetime.now(UTC))).total_seconds())
