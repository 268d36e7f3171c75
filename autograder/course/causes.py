"""The causes that can be named for any exercise, in words for a student.

An exercise's ``hints.yaml`` adds its own, and may reword one of these by giving the same id.
Each says what was observed, then where to look; none shows a value.
"""

from __future__ import annotations

import re

from ..i18n import Text
from .error_causes import ERRORS, MISSING, SYNTAX

GENERIC: dict[str, Text] = {
    **SYNTAX,
    **MISSING,
    **ERRORS,
    "not_implemented": Text(
        "This part still holds the stub: it raises NotImplementedError. Replace that line with your code.",
        "まだ雛形のままです（NotImplementedError が送出されました）。その行を自分のコードに置き換えましょう。",
    ),
    "returned_none": Text(
        "The function returned None. Is there a `return` on every path?",
        "関数が None を返しました。どの経路にも return があるか確かめましょう。",
    ),
    "wrong_signature": Text(
        "The function cannot be called with the arguments of the stub. Keep the stub's parameter list.",
        "雛形どおりの引数で呼び出せません。引数の並びと名前は雛形のままにしましょう。",
    ),
    "unreadable_file": Text(
        "The file cannot be read as Python source (empty, not text, or a damaged notebook); the notes say why.",
        "ファイルを Python のソースとして読めません（空、テキストでない、ノートブックの破損など）。注記を参照。",
    ),
    "load_error": Text(
        "Running the file itself raised an error before any function could be called.",
        "関数を呼び出す前に、ファイルの読み込み中にエラーが起きました。",
    ),
    "missing_module": Text(
        "The file imports a module that is not available here. The exercises need NumPy only.",
        "ここでは使えないモジュールを import しています。演習に必要なのは NumPy だけです。",
    ),
    "foreign_cell": Text(
        "The cell begins with a command of IPython that gives it to another language or process, so its function is "
        "not in the notebook. Remove that first line.",
        "セルの先頭にある IPython のコマンドのため、セルの中身が別の言語や別のプロセスで実行され、"
        "関数がノートブックに残りません。先頭の行を削除しましょう。",
    ),
    "wrong_type": Text(
        "The result is not of the kind that the statement asks for.",
        "戻り値の種類が、問題文の指定と違います。",
    ),
    "wrong_length": Text(
        "The function returns a different number of results than the stub says.",
        "戻り値の個数が雛形の指定と違います。",
    ),
    "wrong_keys": Text(
        "The returned dict does not have exactly the keys that the stub names.",
        "返された辞書のキーが、雛形で指定されたものと一致しません。",
    ),
    "wrong_shape": Text(
        "The result has the wrong shape. Write the shape of each step beside your code and compare.",
        "戻り値の形状（shape）が違います。各行の横に途中の形状を書き出して見比べましょう。",
    ),
    "nonfinite": Text(
        "The result contains nan or inf. Look for 0/0, log(0), or exp of a large number.",
        "結果に nan か inf が含まれています。0/0、log(0)、大きな数の exp がないか探しましょう。",
    ),
    "transposed": Text(
        "The values are right but transposed: rows and columns are exchanged.",
        "値は合っていますが、行と列が入れ替わっています（転置）。",
    ),
    "extra_axis": Text(
        "The values are right but the shape has an axis too many or too few (keepdims, reshape).",
        "値は合っていますが、軸が 1 つ余分か不足しています（keepdims や reshape を確認）。",
    ),
    "broadcast_square": Text(
        "A vector became a square matrix: shapes (N,) and (N, 1) broadcast to (N, N).",
        "ベクトルが正方行列になりました。(N,) と (N, 1) を計算すると (N, N) に広がります。",
    ),
    "reduced_to_scalar": Text(
        "The result is one number where an array is expected. Which axis did you reduce over?",
        "配列が必要なところで 1 つの数になっています。どの軸で集約しましたか。",
    ),
    "all_zeros": Text(
        "Every element is 0. Is the result of your computation what you return?",
        "すべての要素が 0 です。計算した結果をそのまま返していますか。",
    ),
    "opposite_sign": Text(
        "Every value has the opposite sign. Check the direction of a subtraction.",
        "すべての値の符号が逆です。引き算の向きを確かめましょう。",
    ),
    "truncated": Text(
        "The values are cut to whole numbers. Is an integer array being filled with floats?",
        "小数部が切り捨てられています。整数の配列に小数を代入していませんか。",
    ),
    "rounded": Text(
        "The values are rounded. Do not round inside the function.",
        "値が丸められています。関数の中では丸めないようにしましょう。",
    ),
    "few_digits": Text(
        "Right to a few digits only. Is there single precision, a finite difference, or a small number that is added?",
        "最初の数桁しか合っていません。単精度での計算、差分による近似、微小値の加算がないか確かめましょう。",
    ),
    "constant_offset": Text(
        "Every value is off by the same constant: something is added once too often, or never.",
        "すべての値が同じ数だけずれています。足し忘れか、余分な足し算がないか確かめましょう。",
    ),
    "permuted": Text(
        "The right values are there but in another order.",
        "値そのものは合っていますが、並び順が違います。",
    ),
    "border_only": Text(
        "Only the border is wrong; the inside is right. How is the edge treated?",
        "内側は合っていて、端だけが違います。端の扱い（パディング）を確かめましょう。",
    ),
    "times_n": Text(
        "Every value is too large by exactly the size of one axis: sum where a mean is asked for?",
        "値がちょうど軸の長さ倍になっています。平均すべきところで合計していませんか。",
    ),
    "over_n": Text(
        "Every value is too small by exactly the size of one axis: divided once too often?",
        "値がちょうど軸の長さ分の 1 です。余分に割っていませんか。",
    ),
    "twice": Text("Every value is exactly twice too large.", "値がちょうど 2 倍です。"),
    "half": Text("Every value is exactly half of what it should be.", "値がちょうど半分です。"),
    "log10": Text(
        "The ratio is 0.434 = 1/ln 10: that is log10. Use the natural logarithm.",
        "比が 0.434 = 1/ln 10 なので常用対数です。自然対数を使いましょう。",
    ),
    "log2": Text(
        "The ratio is 1.443 = 1/ln 2: that is log2. Use the natural logarithm.",
        "比が 1.443 = 1/ln 2 なので底が 2 の対数です。自然対数を使いましょう。",
    ),
    "constant_factor": Text(
        "Every value is off by the same factor.",
        "すべての値が同じ倍率だけずれています。",
    ),
    "mutated_argument": Text(
        "The function changed its argument. Write `x = x - ...` instead of `x -= ...`, or copy first.",
        "引数の配列を書き換えています。`x -= …` ではなく `x = x - …` とするか、先にコピーしましょう。",
    ),
    "if_on_array": Text(
        "`if` asks one question, but an array has many answers. Use an element-wise function.",
        "`if` は 1 つの真偽値しか扱えません。配列には要素ごとに働く関数を使いましょう。",
    ),
    "undefined_name": Text(
        "The code uses a name that is defined nowhere. Is it spelled right, imported, or defined in another exercise?",
        "どこにも定義されていない名前を使っています。つづり、import、別の演習で定義した関数ではないかを確認しましょう。",
    ),
    "timeout": Text(
        "The call did not end within the time limit. Look for a loop whose condition never becomes false.",
        "制限時間内に終わりませんでした。終了条件が成り立たないループがないか探しましょう。",
    ),
    "load_timeout": Text(
        "The file did not finish loading. Code outside the functions runs when the file is loaded.",
        "ファイルの読み込みが終わりません。関数の外に書いたコードは、読み込むときに実行されます。",
    ),
    "memory": Text(
        "The call asked for more memory than allowed. Is an array much larger than its inputs?",
        "許されたメモリを超えました。入力よりずっと大きな配列を作っていませんか。",
    ),
    "crashed": Text(
        "Python itself ended during the call (exit, endless recursion in C, or a forbidden operation).",
        "呼び出しの途中で Python 自体が終了しました（exit、際限ない再帰、禁止された操作など）。",
    ),
    "recursion": Text(
        "The function calls itself without end. Which case stops the recursion?",
        "関数が自分自身を呼び続けています。再帰を止める条件を確かめましょう。",
    ),
    "exited": Text(
        "The code calls exit(). Return a value instead.",
        "コードの中で exit() が呼ばれています。代わりに値を返しましょう。",
    ),
    "not_deterministic": Text(
        "The same call gives different results. Use only the given random generator, and no global state.",
        "同じ呼び出しで結果が変わります。渡された乱数生成器だけを使い、グローバルな状態を持たないようにしましょう。",
    ),
    "forbidden": Text(
        "The code tried something that is not possible here: files, network or other programs.",
        "ここではできない操作（ファイル、ネットワーク、他のプログラム）をしようとしました。",
    ),
}

# Sentences that say what was seen and blame nothing: true whatever the slip was.
OBSERVED = frozenset(
    {
        *(
            "returned_none",
            "wrong_type",
            "wrong_length",
            "wrong_keys",
            "wrong_shape",
            "extra_axis",
            "reduced_to_scalar",
        ),
        *("nonfinite", "all_zeros", "opposite_sign", "transposed", "truncated", "rounded", "few_digits"),
        *("constant_offset", "permuted", "border_only", "times_n", "over_n", "twice", "half", "log10", "log2"),
        *("constant_factor", "mutated_argument", "broadcast_square", "if_on_array", "wrong_signature"),
        *ERRORS,
        *MISSING,
    }
)

# Own words of an exception that name what the student did, not only where it broke.
DECISIVE = frozenset(
    {
        *("if_on_array", "undefined_name", "misspelled_name", "unknown_module_name", "removed_numpy_name"),
        *("numpy_not_imported", "unbound_local", "local_hides_global", "array_as_axis", "array_as_shape"),
        *("shape_in_two_arguments", "brackets_for_several", "call_forgotten", "not_callable", "none_used"),
        *("range_forgotten", "third_argument", "own_list", "list_index", "text_not_number", "tuple_not_number"),
        *("number_function_on_array", "uneven_rows", "tuple_is_fixed", "asks_for_input"),
    }
)

# A message of an exception that always has the same cause, whatever the exercise.
ERROR_CAUSES: tuple[tuple[str, str, str], ...] = (
    ("ValueError", "truth value of an array", "if_on_array"),
    ("RecursionError", "", "recursion"),
    ("MemoryError", "", "memory"),
    ("SystemExit", "", "exited"),
    ("NotImplementedError", "", "not_implemented"),
    ("ModuleNotFoundError", "", "missing_module"),
    ("PermissionError", "", "forbidden"),
    ("NameError", "", "undefined_name"),
    ("TypeError", "positional argument", "wrong_signature"),
    ("TypeError", "unexpected keyword argument", "wrong_signature"),
)


# Where the first sentence ends: in English the next one begins with a capital or with code.
_END = (re.compile(r"[.?!]\s+(?=[A-Z`(])"), re.compile(r"[。？](?![」）])"))


def title_and_rest(sentence: Text) -> tuple[Text, Text]:
    """What was observed, which names the cause to an instructor, and what is asked or advised after it."""
    parts = []
    for words, end in zip((sentence.en, sentence.ja), _END, strict=True):
        found = end.search(words)
        cut = found.end() if found else len(words)
        parts.append((words[:cut].strip().rstrip(".:。"), words[cut:].strip()))
    (en, rest_en), (ja, rest_ja) = parts
    return Text(en, ja), Text(rest_en, rest_ja)


def cause_of_problem(problem: str, signature: str | None) -> str | None:
    """The cause for a `Difference`: its signature, else what its problem alone says."""
    if signature:
        return signature
    return {
        "none": "returned_none",
        "type": "wrong_type",
        "length": "wrong_length",
        "keys": "wrong_keys",
        "shape": "wrong_shape",
        "nonfinite": "nonfinite",
    }.get(problem)


def cause_of_error(type_name: str, message: str, inside: bool = False) -> str | None:
    """The generic cause of an exception, or None.

    Parameters
    ----------
    inside
        A line of the student's own raised it: a call with wrong arguments is then one that
        their code makes, and says nothing about the parameters of the function under test.
    """
    for name, part, cause in ERROR_CAUSES:
        if type_name == name and part in message and not (inside and cause == "wrong_signature"):
            return cause
    return None
