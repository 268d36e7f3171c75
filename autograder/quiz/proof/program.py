"""What an author's program prints."""

from __future__ import annotations

import contextlib
import functools
import io

from ..source.expr import ExpressionError


@functools.lru_cache(maxsize=1024)
def printed(code: str) -> str:
    """Run a listing and return what it prints, without the last line's end.

    The code is the author's own, as trusted as a hidden suite; lint runs it under a time limit
    before anything else does.

    Raises
    ------
    ExpressionError
        The program fails.
    """
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            exec(compile(code, "<listing>", "exec"), {"__name__": "__main__"})
    except (Exception, SystemExit) as error:
        said = f"{type(error).__name__}: {error}"
        raise ExpressionError(
            f"the program fails ({said}); say what it shows in 'answer'",
            f"プログラムがエラーになります（{said}）。表示される内容を answer に書いてください",
        ) from None
    return out.getvalue().rstrip("\n")
