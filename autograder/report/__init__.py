"""What people and machines read of a grading run, all made from the gradebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .write import write_all

__all__ = ["write_all"]


def __getattr__(name: str) -> Any:
    """Import what writes reports when it is asked for: a notebook needs `message` alone, and has no Jinja."""
    if name == "write_all":
        from .write import write_all

        return write_all
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
