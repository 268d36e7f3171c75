"""The words of collecting: every note and every reason why a file cannot be read, by code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..i18n import Text
from ..model import Note, Source
from ..text.clean import clean_line

PROBLEMS: dict[str, Text] = {
    "empty": Text("The file is empty (0 bytes of text).", "ファイルが空です（中身がありません）。"),
    "too_large": Text(
        "The file is larger than {limit}, so it was not read.", "ファイルが {limit} を超えているため、読み込みません。"
    ),
    "submission_too_large": Text(
        "The submission is larger than {limit} in all; this file was not read.",
        "提出物の合計が {limit} を超えたため、このファイルは読み込みません。",
    ),
    "nul_bytes": Text(
        "The file contains NUL bytes: it is not a text file, or it is UTF-16 without a mark. Save it as UTF-8.",
        "ファイルに NUL バイトが含まれています。テキストファイルではないか、BOM のない UTF-16 です。"
        "UTF-8 で保存し直してください。",
    ),
    "undecodable": Text(
        "The file is not text in any encoding we know (UTF-8, UTF-16, Shift_JIS). Save it as UTF-8.",
        "文字コードを判別できません（UTF-8、UTF-16、Shift_JIS のいずれでもありません）。UTF-8 で保存し直してください。",
    ),
    "encrypted": Text(
        "The file is in a zip with a password. Make the zip again without one.",
        "パスワード付きの zip に入っています。パスワードなしで作り直してください。",
    ),
    "compression": Text(
        "The zip uses a compression method other than Deflate. Make it with the zip tool of the operating system.",
        "zip の圧縮方式が Deflate ではありません。OS 標準の機能で圧縮し直してください。",
    ),
    "damaged": Text(
        "The file is damaged inside the zip and cannot be read. Make the zip again.",
        "zip の中のこのファイルは壊れていて読み込めません。zip を作り直してください。",
    ),
    "unreadable": Text(
        "The grader could not read the file ({reason}).", "採点プログラムがファイルを読み込めません（{reason}）。"
    ),
    "code_too_long": Text(
        "The code is longer than {limit} in all, so it was not run. Take long tables of numbers out of it.",
        "コードが全部で {limit} を超えているため、実行していません。大量の数値などをコードから取り除いてください。",
    ),
    "notebook_json": Text(
        "The notebook is not valid JSON: it was cut off or edited by hand. Open it in Jupyter and save it again.",
        "ノートブックが正しい JSON ではありません（途中で切れているか、手で編集されています）。"
        "Jupyter で開いて保存し直してください。",
    ),
    "notebook_format": Text(
        "The notebook is not in nbformat 4. Open it in a recent Jupyter and save it again.",
        "ノートブックの形式が nbformat 4 ではありません。新しい Jupyter で開いて保存し直してください。",
    ),
    "notebook_too_large": Text(
        "The notebook is larger than {limit}, so it was not read. Clear the outputs (Kernel > Restart Kernel and "
        "Clear Outputs of All Cells), save it, and hand it in again.",
        "ノートブックが {limit} を超えているため、読み込みません。出力を消去し（Kernel > Restart Kernel and Clear "
        "Outputs of All Cells）、保存してから提出し直してください。",
    ),
    "notebook_many_cells": Text(
        "The notebook has more than {limit} cells, so it was not read. Hand in a notebook with your own cells only.",
        "ノートブックのセルが {limit} 個を超えているため、読み込みません。"
        "自分の解答のセルだけを残して提出してください。",
    ),
    "notebook_cells": Text("The notebook has no code cells.", "ノートブックにコードセルがありません。"),
}

NOTES: dict[str, Text] = {
    # encodings
    "not_utf8": Text(
        "{path}: saved as {encoding}; it was read as such. Please save it as UTF-8 (in VS Code: click the encoding "
        "in the status bar, 'Save with Encoding', 'UTF-8').",
        "{path}: 文字コードが {encoding} なので、そのように読み込みました。UTF-8 で保存してください"
        "（VS Code では画面下の文字コード名から「エンコード付きで保存」、「UTF-8」の順に選びます）。",
    ),
    "bad_cookie": Text(
        "{path}: its coding comment names {encoding}, which does not fit the file; the comment was disregarded.",
        "{path}: 先頭の coding 宣言（{encoding}）がファイルの内容と合わないため、宣言を無視しました。",
    ),
    # which file counts
    "duplicate_file": Text(
        "{chosen} and {other} are both there for {exercise}, and they differ: {chosen} was graded.",
        "{exercise} のファイルとして {chosen} と {other} があり、内容が異なります。{chosen} を採点しました。",
    ),
    "more_duplicates": Text(
        "{count} more files for {exercise} were not looked at; {chosen} was graded.",
        "{exercise} のファイルがほかに {count} 個ありますが、調べていません。{chosen} を採点しました。",
    ),
    "py_over_notebook": Text(
        "{chosen} and the notebook {other} both hold {exercise}: {chosen} was graded.",
        "{exercise} が {chosen} とノートブック {other} の両方にあります。{chosen} を採点しました。",
    ),
    "notebook_over_stub": Text(
        "{other} still holds the stub of {exercise}, and the notebook {chosen} does not: {chosen} was graded.",
        "{exercise} は {other} では雛形のままで、ノートブック {chosen} には解答があります。{chosen} を採点しました。",
    ),
    "notebook_over_unreadable": Text(
        "{other} cannot be read, and the notebook {chosen} holds {exercise}: {chosen} was graded.",
        "{other} を読み込めないため、{exercise} はノートブック {chosen} を採点しました。",
    ),
    "copy_name": Text(
        "{path}: by its name a copy; it was graded like the original.",
        "{path}: 名前からするとコピーですが、元のファイルと同じように採点しました。",
    ),
    "other_kind_notebook": Text(
        "{path}: a notebook by its content, so it was read as one.",
        "{path}: 中身がノートブックなので、ノートブックとして読み込みました。",
    ),
    "other_kind_python": Text(
        "{path}: Python by its content, so it was read as a .py file.",
        "{path}: 中身が Python なので、.py ファイルとして読み込みました。",
    ),
    "found_by_name": Text(
        "{path}: graded as {exercise}, which its name mentions and whose functions it defines. Its name should be "
        "{exercise}.py.",
        "{path}: 名前に {exercise} が含まれ、その関数が定義されているので、{exercise} として採点しました。"
        "正しいファイル名は {exercise}.py です。",
    ),
    "found_by_content": Text(
        "{path}: graded as {exercise}, whose functions it defines, though its name says nothing of it. Its name should "
        "be {exercise}.py.",
        "{path}: 名前からはわかりませんが、{exercise} の関数が定義されているので、{exercise} として採点しました。"
        "正しいファイル名は {exercise}.py です。",
    ),
    "cell_read_as_code": Text(
        "{path}: cell {cell} is of type {kind}, but it holds the code of {names}; it was run as code. Turn it back "
        "(select the cell, press Esc, then Y).",
        "{path}: {cell} 番目のセルは種類が {kind} ですが、{names} のコードなので、コードとして実行しました。"
        "セルを選び、Esc、Y の順に押すとコードセルに戻ります。",
    ),
    "cell_not_code": Text(
        "{path}: cell {cell} is of type {kind} and mentions a definition of {names}; it is no valid Python and was not "
        "run. If it is the solution, turn it into a code cell (Esc, then Y).",
        "{path}: {cell} 番目のセルは種類が {kind} で、{names} の定義らしきものがありますが、Python として正しくないため"
        "実行していません。解答であれば、コードセルにしてください（Esc、Y の順に押します）。",
    ),
    "not_understood": Text(
        "Not found, but it may be in {files}, which the grader could not make sense of. That is not 0 points: a person "
        "must look.",
        "見つかりませんが、内容を判別できない {files} に含まれている可能性があります。0 点ではありません。"
        "人による確認が必要です。",
    ),
    "in_doubt": Text(
        "{why} That is not 0 points: a person must look.",
        "{why}。0 点ではありません。人による確認が必要です。",
    ),
    "merged_entries": Text(
        "Several entries belong to this student ({names}): their files were put together, and the newest wins.",
        "この学生の提出物が複数あります（{names}）。まとめて扱い、同じ演習は新しいものを採点しました。",
    ),
    # files that do not count
    "unknown_file": Text(
        "{path}: not a file of any exercise.{hint}", "{path}: どの演習のファイルでもありません。{hint}"
    ),
    "unknown_more": Text("{count} more files like these.", "このほかに {count} 個のファイルがあります。"),
    "unused_notebook": Text(
        "{path}: this notebook defines no function of the exercises that are graded.",
        "{path}: このノートブックには、採点対象の関数が 1 つも定義されていません。",
    ),
    "unreadable_notebook": Text("{path}: {problem}", "{path}: {problem}"),
    "symlink": Text(
        "{path}: a symbolic link; it was not followed.", "{path}: シンボリックリンクなので、たどりません。"
    ),
    "special_file": Text(
        "{path}: not a regular file (a pipe, socket or device); it was skipped.",
        "{path}: 通常のファイルではない（パイプ、ソケット、デバイス）ため、読み飛ばしました。",
    ),
    "unlistable": Text("{path}: cannot be listed ({reason}).", "{path}: 一覧を取得できません（{reason}）。"),
    "too_many_files": Text(
        "{path}: more than {limit} files or folders; the rest was not looked at.",
        "{path}: ファイルとフォルダーが {limit} 個を超えています。残りは調べていません。",
    ),
    "too_deep": Text(
        "{path}: folders nested too deep; not looked at.", "{path}: フォルダーの階層が深すぎるため、調べていません。"
    ),
    # zips
    "unsafe_path": Text(
        "{path}: this name in the zip points outside of it; it was refused.",
        "{path}: zip の外を指す名前なので、受け付けません。",
    ),
    "bad_zip": Text("{path}: not a readable zip ({reason}).", "{path}: zip として読み込めません（{reason}）。"),
    "zip_too_large": Text(
        "{path}: a zip larger than {limit}; not opened.", "{path}: zip が {limit} を超えるため、開きません。"
    ),
    "nested_zip": Text(
        "{path}: a zip within a zip; only one level is opened.", "{path}: zip の中の zip です。開くのは 1 段までです。"
    ),
    "too_many_zips": Text(
        "{path}: not opened, there are more than {limit} zips.", "{path}: zip が {limit} 個を超えるため、開きません。"
    ),
    # the class
    "wrapper_folder": Text(
        "The zip holds one folder, {path}; each folder in it was taken as a student.",
        "zip の中身が 1 つのフォルダー {path} だけなので、その中の各フォルダーを学生とみなしました。",
    ),
    "zip_as_student": Text(
        "{path}: a zip beside the student folders; taken as the work of student {student}.",
        "{path}: 学生フォルダーと並んだ zip なので、学生 {student} の提出物とみなしました。",
    ),
    "stray_file": Text(
        "{path}: lies beside the student folders and belongs to nobody; it was not graded.",
        "{path}: 学生フォルダーの外にあり、誰の提出物かわからないため、採点していません。",
    ),
    "unmatched_student": Text(
        "{label}: nobody on the roster; graded under the id {student}.",
        "{label}: 名簿に見つかりません。ID {student} として採点しました。",
    ),
    "ambiguous_student": Text(
        "{label}: several people have this name; graded under the id {student}.",
        "{label}: 同じ氏名の人が複数います。ID {student} として採点しました。",
    ),
    "ambiguous_name": Text(
        "{label}: this name can be read in several ways ({readings}); nobody's work was put together with it. Graded "
        "under the id {student}; a roster with the LMS's ids decides.",
        "{label}: 名前の読み方が複数あります（{readings}）。誰の提出物ともまとめず、ID {student} として採点しました。"
        "LMS の ID の列がある名簿を指定すると判別できます。",
    ),
    "other_name": Text(
        "{label}: number {number} is {other} on the roster, but the name is another: a team's folder, or the download "
        "of another assignment? Graded under the id {student}.",
        "{label}: 番号 {number} は名簿では {other} ですが、名前が違います。グループのフォルダーか、別の課題の"
        "ダウンロードではありませんか。ID {student} として採点しました。",
    ),
    "renamed_student": Text(
        "{label}: the name cannot serve as an id as it is, or is another's as well; graded under the id {student}.",
        "{label}: この名前はそのままでは ID にできないか、ほかの提出物と重なります。ID {student} として採点しました。",
    ),
    "roster_staff": Text(
        "{path}: {name} is no student ({role}); left out of the roster.",
        "{path}: {name} は学生ではない（{role}）ため、名簿から除きました。",
    ),
    "roster_no_id": Text(
        "{path}: no student id on the roster: {name}, going by another id of the list.",
        "{path}: 名簿に学籍番号がないため、ほかの ID を使います: {name}",
    ),
    "roster_nobody": Text(
        "{path}: {name} has no id at all on the roster; left out.",
        "{path}: {name} は名簿に ID がないため、除きました。",
    ),
    "roster_damaged": Text(
        "{path}: {value} ({name}): a spreadsheet has changed this id and lost digits. Use the list as it was "
        "downloaded, or format the column as text before typing ids.",
        "{path}: {value}（{name}）: 表計算ソフトがこの ID を書き換え、桁が失われています。ダウンロードしたままの名簿を"
        "使うか、列の書式を「文字列」にしてから入力してください。",
    ),
    "roster_zeros": Text(
        "{listed} on the roster and {given} among the submissions differ in leading zeros only (such pairs: {count}): "
        "a spreadsheet has changed the ids. Use the list as it was downloaded, or format the column as text.",
        "名簿の {listed} と提出物の {given} は先頭の 0 だけが異なります（同様の組: {count}）。表計算ソフトが ID を"
        "書き換えています。ダウンロードしたままの名簿を使うか、列の書式を「文字列」にしてください。",
    ),
    "part_of_name": Text(
        "{label}: taken as student {student}, whose id is a part of this name.",
        "{label}: 名前の一部が ID と一致するため、学生 {student} の提出物とみなしました。",
    ),
    "group_submission": Text(
        "{label}: handed in by a group ({students}); each member gets its grade.",
        "{label}: グループの提出物です（{students}）。全員に同じ採点結果がつきます。",
    ),
    "older_attempt": Text(
        "{label}: an older attempt; only the newest one was graded.",
        "{label}: 以前の提出です。最新の提出だけを採点しました。",
    ),
    "listed_not_there": Text(
        "{path}: {name} is listed there but is not among the files.",
        "{path}: {name} が記載されていますが、そのファイルはありません。",
    ),
    "old_excel": Text(
        "{path}: the old Excel format cannot be read, so manaba's own times and late marks were not used. "
        "Save it as reportlist.xlsx to use them.",
        "{path}: 旧 Excel 形式は読み込めないため、manaba の提出日時と遅延の記録を使いませんでした。"
        "reportlist.xlsx として保存し直すと使えます。",
    ),
    "received_unknown": Text(
        "{path}:{line}: {student} has no submission here; the line was disregarded.",
        "{path}:{line}: {student} の提出物がないため、この行を無視しました。",
    ),
}


def note(code: str, **values: Any) -> Note:
    """The note with this code; file names among `values` are made safe to print."""
    return Note(code, NOTES[code].format(**{k: _safe(v) for k, v in values.items()}))


def not_understood(paths: Sequence[str]) -> Note:
    """The note of an exercise that may be in files that nobody could make sense of."""
    shown = ", ".join(map(show, paths[:5])) + (f", ... (+{len(paths) - 5})" if len(paths) > 5 else "")
    return Note("not_understood", NOTES["not_understood"].format(files=shown))


def cannot_be_read(source: Source) -> Note:
    """The note of an exercise whose file is there and cannot be read."""
    assert source.problem is not None
    path = show(source.path)
    why = Text(f"{path}: {source.problem.en}", f"{path}: {source.problem.ja}")
    return Note("not_understood", in_doubt(why).text)


def in_doubt(why: Text) -> Note:
    """The note of an exercise that was handed in and not understood, with the reason."""
    ends = Text(why.en.rstrip(".") + ".", why.ja.rstrip("。"))
    return Note("not_understood", NOTES["in_doubt"].format(why=ends))


def problem(code: str, **values: Any) -> Text:
    """Why a file cannot be read."""
    return PROBLEMS[code].format(**{k: _safe(v) for k, v in values.items()})


def _safe(value: Any) -> Any:
    if isinstance(value, Text):
        return Text(show(value.en), show(value.ja))
    return show(value) if isinstance(value, str) else value


def show(name: str, limit: int = 160) -> str:
    """`name` on one line, without control characters that could act on a terminal."""
    safe = clean_line(name)
    return safe if len(safe) <= limit else safe[: limit - 1] + "…"


def size(count: int) -> str:
    """1048576 -> ``1 MiB``."""
    return f"{count // 2**20} MiB" if count >= 2**20 else f"{count // 2**10} KiB" if count >= 2**10 else f"{count} B"
