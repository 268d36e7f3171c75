"""The errors that people meet, each with the exit code of the command that meets it."""

from __future__ import annotations

import errno

from .i18n import Text

_JAPANESE = {
    "ENOENT": "ファイルまたはフォルダーがありません",
    "EACCES": "アクセス権がありません",
    "EPERM": "許可されていない操作です",
    "EEXIST": "既に存在します",
    "EISDIR": "フォルダーです",
    "ENOTDIR": "フォルダーではありません",
    "ENOTEMPTY": "フォルダーが空ではありません",
    "ENOSPC": "ディスクの空き容量がありません",
    "EDQUOT": "ディスクの割り当て容量を超えています",
    "EROFS": "読み取り専用のディスクです",
    "ENAMETOOLONG": "名前が長すぎます",
    "ELOOP": "シンボリックリンクが多すぎます",
    "EMFILE": "開いているファイルが多すぎます",
}
_ZIP = Text("File is not a zip file", "zip 形式のファイルではありません")


def reason(error: BaseException) -> Text:
    """Why the operating system (or `zipfile`) refused: its own words, and Japanese ones where we have them."""
    own = (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
    if own == _ZIP.en:
        return _ZIP
    code = errno.errorcode.get(error.errno or 0, "") if isinstance(error, OSError) else ""
    return Text(own, _JAPANESE.get(code, own))


class AutograderError(Exception):
    """Base of every error that is reported as one message without a traceback.

    Parameters
    ----------
    text
        What is wrong, where, and how to mend it; one string or both languages.
    """

    exit_code = 4

    def __init__(self, text: Text | str) -> None:
        self.text = Text.of(text)
        super().__init__(self.text.en)


class UsageError(AutograderError):
    """The command was called with something that cannot be: exit code 2."""

    exit_code = 2


class ConfigError(AutograderError):
    """course.yaml, exercise.yaml or hints.yaml is wrong: exit code 3."""

    exit_code = 3


class ContentError(AutograderError):
    """An exercise's folder is wrong (markers, missing parts, failed validation): exit code 3."""

    exit_code = 3


class GraderError(AutograderError):
    """The grader itself failed; nobody's score may follow from it: exit code 4."""

    exit_code = 4
