"""The Japanese of every help text, by its English, and of the sentences that Click says itself.

Keys are as `japanese.key` makes them: a paragraph on one line, paragraphs apart by an empty one.
A new verb or option gets its line here; tests/test_cli_languages.py names what is missing or left over.
"""

from __future__ import annotations

HELP: dict[str, str] = {
    # every verb
    "Deep learning from scratch with NumPy: exercises, checks and grading.": (
        "NumPy でゼロから学ぶ深層学習: 演習、公開テスト、採点。"
    ),
    "Language of messages.": "表示する言語。",
    "Print machine-readable output.": "プログラムで読める形（JSON）で出力する。",
    "Print JSON.": "JSON で出力する。",
    "Show the version and exit.": "バージョンを表示する。",
    "course.yaml, or its folder.": "course.yaml、またはそのフォルダー。",
    # student
    "Show the next exercise: what to do, in which file, and how to check it.": (
        "次の演習について、課題の内容、編集するファイル、確認の方法を表示します。"
    ),
    "List units, exercises and quizzes with your progress.": "単元、演習、クイズの一覧と進み具合を表示します。",
    "Run the visible checks of exercises.\n\n"
    "ID is an exercise, a unit, or a path such as exercises/relu. Without one, everything that you have begun is "
    "checked. The exit code is 0 when all checks pass and 1 when one fails.": (
        "演習の公開テストを実行します。\n\n"
        "ID には演習、単元、または exercises/relu のようなパスを指定します。"
        "省略すると、着手した演習をすべて確認します。終了コードは、すべて合格なら 0、不合格があれば 1 です。"
    ),
    "Check again each time you save. Ctrl-C ends it.": "保存するたびに公開テストを実行します。Ctrl-C で終了します。",
    "Seconds between two looks.": "ファイルを見に行く間隔（秒）。",
    "Show one more hint each time.": "実行するたびに、ヒントを 1 つずつ表示します。",
    "Show every hint.": "ヒントをすべて表示する。",
    "Start an exercise over; your file is kept beside it.": (
        "演習を最初の状態に戻します。それまでのファイルは同じフォルダーに残します。"
    ),
    "Do not ask.": "確認せずに実行する。",
    "Answer a quiz: `autograder quiz ID`. Authors: `autograder quiz lint`.": (
        "クイズに答えるには autograder quiz ID、作成者の検証には autograder quiz lint を使います。"
    ),
    "Answer a quiz, one question at a time; without an ID, list the quizzes.": (
        "クイズに 1 問ずつ答えます。ID を省略すると、クイズの一覧を表示します。"
    ),
    "Your student id: it decides the numbers in your questions.": (
        "学籍番号（学生 ID）。問題の数値は、これによって決まる。"
    ),
    "Ask this item only.": "この問題だけに答える。",
    "Show what is answered so far, and ask nothing.": "これまでの解答を表示し、出題はしない。",
    "Take answers from this file (YAML or JSON) instead of asking.": (
        "画面で尋ねる代わりに、このファイル（YAML または JSON）から解答を読み込む。"
    ),
    "Pack what you have begun into one zip for handing in.": "着手した演習を 1 つの提出用 zip にまとめます。",
    "The zip to write (submission.zip).": "作成する zip（既定では submission.zip）。",
    "Pack files that Python cannot read, too.": "Python として読めないファイルも含める。",
    "Say what this machine can do, which protections are off, and how to mend it.": (
        "この環境でできること、無効になっている保護、その対処方法を表示します。"
    ),
    # instructor: grading
    "Grade SUBMISSIONS (a folder with one folder per student, or an LMS zip).": (
        "SUBMISSIONS（学生ごとのフォルダーを含むフォルダー、または LMS からダウンロードした zip）を採点します。"
    ),
    "Folder for all results.": "結果を書き出すフォルダー。",
    "Exercise ids, separated by commas.": "採点する演習の ID（コンマ区切り）。",
    "Submissions at the same time [all cores].": "同時に採点する提出の数（既定では全コア）。",
    "Repeat a grading with the same inputs.": "同じ入力値で採点を再現するためのシード。",
    "CSV of who should hand in.": "提出すべき学生の名簿（CSV）。",
    "Insist on this level.": "必要なサンドボックスのレベル。満たせない場合は採点しない。",
    "Go on with the last run: grade what is new or changed.": (
        "前回の採点の続きを行い、新しい提出と変わった提出を採点する。"
    ),
    "Grade what was handed in to this nbgrader course, and write the scores into its gradebook too.": (
        "この nbgrader の科目への提出物を採点し、その成績簿にも得点を書き込む。"
    ),
    "Like grade, but keep the grade of code that the same suite has graded before.": (
        "grade と同様ですが、同じテストで採点済みのコードについては、以前の採点結果をそのまま使います。"
    ),
    "Write all reports below DIR again, from DIR/gradebook.sqlite.\n\n"
    "DIR is what `autograder grade --out` was given. The course is not needed.": (
        "DIR/gradebook.sqlite から、DIR 以下のレポートをすべて作り直します。\n\n"
        "DIR は autograder grade の --out に指定したフォルダーです。教材がなくても実行できます。"
    ),
    "Number of the grading run [the last].": "採点の番号（既定では最新の採点）。",
    "Number of the grading run [all runs].": "採点の番号（既定ではすべての採点）。",
    "The newest grade of each exercise over all runs.": "すべての採点から、演習ごとに最新の得点を使う。",
    "Make a class of plausible submissions, grade it, and say where to look.": (
        "ありそうな提出物からなる見本のクラスを作って採点し、結果の場所を表示します。"
    ),
    "Folder of the class.": "見本のクラスを作るフォルダー。",
    "Number of students.": "学生の人数。",
    # instructor: nbgrader
    "Use the course in nbgrader.": "この教材を nbgrader で使います。",
    "Make a complete nbgrader course in DIR; --lang is the language of its notebooks too.": (
        "DIR に nbgrader の科目一式を作ります。--lang はノートブックの言語も兼ねます。"
    ),
    "CSV of the class; its students come into gradebook.db.": "クラスの名簿（CSV）。学生を gradebook.db に登録する。",
    "An assignment for each unit, or one with every exercise.": (
        "単元ごとに 1 つの課題とするか（units）、全演習を 1 つの課題とするか（one）。"
    ),
    "Overwrite files and due dates that differ.": "内容の異なるファイルや締切を上書きする。",
    # instructor: upload
    "Send the scores of a graded class to an LMS.\n\n"
    "What is there is read and compared first; nothing is written without --yes or your answer. Tokens come from the "
    "environment, never from an option. docs/lms-upload.md says how to get one.": (
        "採点したクラスの得点を LMS に登録します。\n\n"
        "まず LMS にある得点を読み取って比較します。--yes を付けるか確認に答えるまで、何も書き込みません。"
        "トークンはオプションではなく環境変数で渡します。取得方法は docs/lms-upload.md をご覧ください。"
    ),
    "An assignment in Canvas. Token: $AUTOGRADER_CANVAS_TOKEN.": (
        "Canvas の課題に登録します。トークンは環境変数 AUTOGRADER_CANVAS_TOKEN で渡します。"
    ),
    "An assignment in Moodle. Token: $AUTOGRADER_MOODLE_TOKEN.": (
        "Moodle の課題に登録します。トークンは環境変数 AUTOGRADER_MOODLE_TOKEN で渡します。"
    ),
    "A line item of an LTI 1.3 platform. Key: $AUTOGRADER_LTI_KEY (PEM) or $AUTOGRADER_LTI_KEY_FILE.": (
        "LTI 1.3 プラットフォームの成績項目（line item）に登録します。"
        "鍵は環境変数 AUTOGRADER_LTI_KEY（PEM）または AUTOGRADER_LTI_KEY_FILE で渡します。"
    ),
    "Its number, or the address of its page.": "課題の番号、またはそのページの URL。",
    "Number in the address of its page, instance:NUMBER, or the address.": (
        "課題のページの URL に含まれる番号、instance:番号、または URL。"
    ),
    "Resource id of the line item (made if new), or its address.": (
        "成績項目のリソース ID（なければ作成する）、または URL。"
    ),
    "Number of the course.": "コースの番号。",
    "Address of the site [$AUTOGRADER_CANVAS_URL].": "サイトの URL（環境変数 AUTOGRADER_CANVAS_URL でも可）。",
    "Address of the site [$AUTOGRADER_MOODLE_URL].": "サイトの URL（環境変数 AUTOGRADER_MOODLE_URL でも可）。",
    "Address of the course's line items.": "コースの成績項目一覧（lineitems）の URL。",
    "Client id of the tool at the platform.": "プラットフォームに登録したツールのクライアント ID。",
    "Address that gives access tokens.": "アクセストークンを発行する URL。",
    "kid of the public key at the platform.": "プラットフォームに登録した公開鍵の kid。",
    "aud of the assertion [the token address].": "アサーションの aud（既定ではトークンの URL）。",
    "Address of the names and roles service.": "Names and Role Provisioning Services の URL。",
    "Title of a line item that has to be made [the assignment].": (
        "成績項目を新しく作る場合の名称（既定では --assignment の値）。"
    ),
    "Convert scores to the maximum in the LMS.": "LMS の満点に合わせて得点を換算する。",
    "Folder that grade --out made, or its gradebook.sqlite.": (
        "grade の --out に指定したフォルダー、またはその中の gradebook.sqlite。"
    ),
    "Exercise id, or total.": "演習の ID、または total（合計）。",
    "Only this student; may be repeated.": "この学生だけを対象とする（複数回指定可）。",
    "Work that the grader could not make sense of is left alone, or gets 0.": (
        "内容を判別できない提出物を対象外とするか（skip）、0 点とするか（zero）。"
    ),
    "Who handed in nothing is left alone, or gets 0.": "未提出の学生を対象外とするか（skip）、0 点とするか（zero）。",
    "Language of the comments.": "コメントの言語。none ならコメントを付けない。",
    "Show what would change, and stop.": "変更内容を表示するだけで、送信しない。",
    "Send without asking.": "確認せずに送信する。",
    "Allow http:// (a test server in a closed network).": "http:// を許可する（閉域網の試験用サーバー向け）。",
    # instructor: export
    "Write the scores of a graded class as a file for an LMS.\n\n"
    "What changes is shown first. 'autograder export FORMAT --help' lists the options of a format.": (
        "採点したクラスの得点を LMS 用のファイルに書き出します。\n\n"
        "先に変更内容を表示します。形式ごとのオプションは autograder export 形式名 --help で確認できます。"
    ),
    "What grade --out was given.": "grade の --out に指定したフォルダー。",
    "The file to write.": "書き出すファイル。",
    "Exercise id or total, and its name in the LMS.": "演習の ID または total（合計）と、LMS での項目名。",
    "course.yaml with the names (lms:), or its folder.": (
        "LMS での項目名（lms:）を書いた course.yaml、またはそのフォルダー。"
    ),
    "Work that the grader could not make sense of gets no score, or 0.": (
        "内容を判別できない提出物を得点なしとするか（none）、0 点とするか（zero）。"
    ),
    "Who handed in nothing gets no score, or 0.": "未提出の学生を得点なしとするか（none）、0 点とするか（zero）。",
    "Convert points to the maximum of the LMS.": "LMS の満点に合わせて得点を換算する。",
    "Write feedback, too.": "フィードバックも書き込む。",
    "Most points of the column in the LMS.": "LMS の項目の満点。",
    "Leave out who is on one side only.": "一方にしかいない学生を除いて続行する。",
    "Go by the ids alone where names differ.": "氏名が異なっていても、ID だけで照合する。",
    "Show what changes and write nothing.": "変更内容を表示するだけで、書き込まない。",
    "Do not ask; replace an existing file.": "確認せずに書き込み、既存のファイルがあれば置き換える。",
    "Title or number of the grade column, where it is not recognised.": (
        "評点の列の見出しまたは番号（自動で判別できない場合）。"
    ),
    "Title or number of the feedback column, where it is not recognised.": (
        "フィードバックの列の見出しまたは番号（自動で判別できない場合）。"
    ),
    "Title of the column with the student's id, where it is not recognised.": (
        "学籍番号の列の見出し（自動で判別できない場合）。"
    ),
    "Title of the column that gets the points, where it is not recognised.": (
        "得点を書き込む列の見出し（自動で判別できない場合）。"
    ),
    "Which id names the students.": "学生の照合に使う ID の種類。",
    "Encoding of the file.": "ファイルの文字コード。",
    "Write a zip that makes a Gradescope programming assignment grade with this course.\n\n"
    "It holds the solutions and the hidden tests: upload it, and give it to nobody else.": (
        "この教材で Gradescope の Programming Assignment を採点するための zip を作ります。\n\n"
        "解答と非公開テストが入っています。Gradescope へのアップロードだけに使い、ほかの人には渡さないでください。"
    ),
    "Ids of the exercises of this assignment, separated by commas [all].": (
        "この課題に含める演習の ID（コンマ区切り。既定ではすべて）。"
    ),
    "The zip to write.": "作成する zip。",
    "Replace an existing file.": "既存のファイルを置き換える。",
    # instructor: export of quizzes
    "Write a quiz as Moodle XML, for the question bank.\n\n"
    "Each item is a category with its variants. The file holds the answers: give it to no student.": (
        "クイズを Moodle の問題バンク用の XML に書き出します。\n\n"
        "問題ごとにカテゴリを作り、その中に出題パターンごとの問題を入れます。"
        "正解が入っているため、学生には渡さないでください。"
    ),
    "Write a quiz as a QTI 1.2 zip, for Canvas.\n\n"
    "One variant of each item is drawn for each student. The file holds the answers.": (
        "クイズを Canvas 用の QTI 1.2 の zip に書き出します。\n\n"
        "学生ごとに、各問題の出題パターンから 1 つが出題されます。正解が入っています。"
    ),
    "Write a quiz for paper: booklets without answers, and a key.": (
        "クイズを印刷用に書き出します。正解を含まない問題冊子と、解答からなります。"
    ),
    "Folder for the files.": "ファイルを書き出すフォルダー。",
    "Replace existing files.": "既存のファイルを置き換える。",
    "Most variants of an item [as many as the quiz says].": (
        "1 問あたりの出題パターンの数の上限（既定ではクイズの設定どおり）。"
    ),
    "Both languages, for Moodle's filter multilang2.": "Moodle の multilang2 フィルター用に、両言語を併記する。",
    "Moodle 4.4 has ordering questions.": "並べ替え問題（ordering、Moodle 4.4 以降）を使う。",
    "Different booklets.": "問題冊子の種類の数。",
    "PDF beside the HTML; needs Chromium or Chrome.": "HTML に加えて PDF も作る（Chromium または Chrome が必要）。",
    # author
    "Pack what students get into one zip.": "学生への配布物を 1 つの zip にまとめます。",
    "course.yaml, or the folder that holds it.": "course.yaml、またはそれを含むフォルダー。",
    "Make the skeleton of an exercise.": "演習の雛形を作ります。",
    "The unit it will belong to.": "演習を加える単元。",
    "Make exercises/ from solutions/.": "solutions/ から exercises/ を作ります。",
    "Write nothing; exit 1 when something is stale.": ("何も書き込まず、最新でないものがあれば終了コード 1 で終わる。"),
    "Overwrite files that were edited by hand.": "手で編集されたファイルも上書きする。",
    "Prove the course, or some exercises of it; exit 1 when something is wrong.": (
        "教材全体、または指定した演習を検証します。誤りがあれば終了コード 1 で終わります。"
    ),
    "Run the suites so often, each time with another seed: no score may depend on it.": (
        "テストを繰り返す回数。毎回異なるシードを使い、得点がシードに左右されないことも確かめる。"
    ),
    "Print one version of ID whole, with its difference from its base.": (
        "ID の 1 つの版を、元になる版との差分とともに表示します。"
    ),
    "Show what each version scores, which groups it loses, and why.": (
        "各版の得点、失ったグループとその原因を表示する。"
    ),
    "Prove quizzes: every answer, every wrong answer, both languages; exit 1 when something is wrong.": (
        "クイズの正答、誤答、両言語の文面を検証します。誤りがあれば終了コード 1 で終わります。"
    ),
}

METAVARS = {
    "[OPTIONS]": "[オプション]",
    "COMMAND [ARGS]...": "コマンド [引数]...",
    "TEXT": "文字列",
    "PATH": "パス",
    "FILE": "ファイル",
    "INTEGER": "整数",
    "INTEGER RANGE": "整数",
    "FLOAT": "数値",
    "FLOAT RANGE": "数値",
}

CLICK: dict[str, str] = {
    "Usage:": "使い方:",
    "Options": "オプション",
    "Commands": "コマンド",
    "Positional arguments": "引数",
    "Show this message and exit.": "この説明を表示する。",
    "Show the version and exit.": "バージョンを表示する。",
    "%(prog)s, version %(version)s": "%(prog)s バージョン %(version)s",
    "default: {default}": "既定値: {default}",
    "env var: {var}": "環境変数: {var}",
    "required": "必須",
    "(dynamic)": "（実行時に決定）",
    "Aborted!": "中断しました。",
    "Error: {message}": "エラー: {message}",
    "Try '{command} {option}' for help.": "詳しい使い方は '{command} {option}' で確認できます。",
    "Missing command.": "コマンドを指定してください。",
    "Missing argument": "引数がありません:",
    "Missing option": "オプションがありません:",
    "Missing parameter": "指定がありません:",
    "Missing {param_type}": "{param_type} がありません:",
    "Missing parameter: {param_name}": "{param_name} を指定してください。",
    "No such option {name!r}.": "{name!r} というオプションはありません。",
    "No such option: {name}": "{name} というオプションはありません。",
    "No such command {name!r}.": "{name!r} というコマンドはありません。",
    "Did you mean {possibility}?": "{possibility} のことでしょうか。",
    "(Did you mean one of: {possibilities}?)": "次のいずれかのことでしょうか: {possibilities}",
    "(Possible options: {possibilities})": "次のいずれかのことでしょうか: {possibilities}",
    "Got unexpected extra argument ({args})": "余分な引数があります（{args}）。",
    "Got unexpected extra arguments ({args})": "余分な引数があります（{args}）。",
    "Option {name!r} requires an argument.": "オプション {name!r} には値が必要です。",
    "Option {name!r} requires {nargs} arguments.": "オプション {name!r} には値が {nargs} 個必要です。",
    "Option {name!r} does not take a value.": "オプション {name!r} に値は指定できません。",
    "Argument {name!r} takes {nargs} values.": "引数 {name!r} には値が {nargs} 個必要です。",
    "Takes {nargs} values but 1 was given.": "値が {nargs} 個必要ですが、1 個しかありません。",
    "Takes {nargs} values but {len} were given.": "値が {nargs} 個必要ですが、{len} 個指定されています。",
    "Invalid value: {message}": "値が正しくありません: {message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} の値が正しくありません: {message}",
    "Could not open file {filename!r}: {message}": "ファイル {filename!r} を開けません: {message}",
    "unknown error": "原因不明のエラー",
    "Choose from:\n\t{choices}": "次の中から選んでください:\n\t{choices}",
    "{value!r} is not {choice}.": "{value!r} は使えません。{choice} を指定してください。",
    "{value!r} is not one of {choices}.": "{value!r} は使えません。次のいずれかを指定してください: {choices}",
    "{value} is not in the range {range}.": "{value} は範囲 {range} に入っていません。",
    "{value!r} is not a valid boolean.": "{value!r} は真偽値ではありません。",
    "{value!r} is not a valid boolean. Recognized values: {states}": (
        "{value!r} は真偽値ではありません。使える値: {states}"
    ),
    "{value!r} is not a valid {number_type}.": "{value!r} は数として正しくありません。",
    # What Click puts into {name} was chosen when the command was defined, in English.
    "{name} {filename!r} does not exist.": "{filename!r} がありません。",
    "{name} {filename!r} is a file.": "{filename!r} はファイルです。",
    "{name} {filename!r} is a directory.": "{filename!r} はフォルダーです。",
    "{name} {filename!r} is not readable.": "{filename!r} を読み取れません。",
    "{name} {filename!r} is not writable.": "{filename!r} に書き込めません。",
    "{name} {filename!r} is not executable.": "{filename!r} を実行できません。",
    "Error: The value you entered was invalid.": "エラー: 入力した値が正しくありません。",
    "Error: invalid input": "エラー: y または n で答えてください。",
    "Error: {e.message}": "エラー: {e.message}",
}
