"""What a notebook says of an exercise that has no tests to show."""

from ..i18n import Text

NOT_BEGUN = Text("not begun: write your code in its cell and run it", "未着手です。コードのセルに書いて実行しましょう")
NOT_RUN = Text("not run yet", "まだ実行されていません")
BROKEN = Text("the code cannot be run", "コードを実行できません")
