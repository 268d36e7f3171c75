"""The texts that every unit's notebook begins with."""

from __future__ import annotations

from ...i18n import Text

TITLE = Text(
    """\
# {unit}

*{course}*

Each exercise below has a statement, a code cell with functions for you to write, and a cell that checks them.

| to do | how |
|---|---|
| write a function | replace the line `raise NotImplementedError` in its code cell, then run the cell (Shift+Enter) |
| check your work | run the cell `%check ...` below it; it runs the visible tests and explains what differs |
| get a hint | type `%hint ...` with the exercise's name in any cell; each time it shows one more |
| stop something that hangs | a check stops by itself; for a cell of your own use Kernel > Interrupt |

Where a statement speaks of a file such as `relu.py`, it means the code cell here. `pytest ...` is for those who
work in the files instead.
""",
    """\
# {unit}

*{course}*

以下の演習はそれぞれ、課題の説明、関数を書くためのコードセル、それを確かめるセルからできています。

| すること | 方法 |
|---|---|
| 関数を書く | コードセルの `raise NotImplementedError` の行を書き換え、セルを実行します（Shift+Enter） |
| 確かめる | すぐ下の `%check ...` のセルを実行します。公開テストが動き、違いが説明されます |
| ヒントを見る | どのセルでもよいので `%hint ...`（演習の名前）と入力します。実行するたびに 1 つずつ増えます |
| 終わらない処理を止める | 確認用のテストは自動で止まります。自分のセルは Kernel > Interrupt で止めます |

説明の中の `relu.py` のようなファイル名は、ここではコードセルのことです。`pytest ...` は、ノートブックではなく
ファイルに書く人のためのコマンドです。
""",
)

# Of a unit that has nothing to program.
QUIZ_TITLE = Text("# {unit}\n\n*{course}*\n", "# {unit}\n\n*{course}*\n")

SETUP_NOTE = Text(
    """\
## Setup

Run the next cell first. It looks for the course's folder (the one that holds `exercises`) where this notebook
lies and above. **On Colab**, first upload the zip of the course with the folder icon on the left.
""",
    """\
## 準備

最初に次のセルを実行してください。教材のフォルダー（`exercises` の入ったフォルダー）を、このノートブックの場所と
その上のフォルダーから探します。**Colab では**、先に左のフォルダーのアイコンから教材の zip をアップロードします。
""",
)

_SETUP = """\
import os
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

os.environ["AUTOGRADER_LANG"] = "{lang}"
if not find_spec("autograder"):
    above = [Path.cwd(), *Path.cwd().parents]
    if not any((folder / "autograder").is_dir() for folder in above):
        for archive in Path.cwd().glob("*.zip"):  # {unzip}
            with zipfile.ZipFile(archive) as course:
                if "exercises/course.json" in course.namelist():
                    course.extractall()
    sys.path += [str(folder) for folder in above if (folder / "autograder").is_dir()]
if not all(map(find_spec, ["numpy", "pytest", "click", "matplotlib"])):
    %pip install -q numpy pytest click matplotlib
if find_spec("autograder"):
    %load_ext autograder
else:
    print("{missing}")
"""

SETUP = Text(
    _SETUP.format(
        lang="en",
        unzip="on Colab: the zip that you uploaded",
        missing="The course is not here. Put this notebook back into its folder, or upload the course's zip beside it.",
    ),
    _SETUP.format(
        lang="ja",
        unzip="Colab の場合：アップロードした zip",
        missing="教材が見つかりません。ノートブックを元のフォルダーに戻すか、同じ場所に教材の zip を置いてください。",
    ),
)
