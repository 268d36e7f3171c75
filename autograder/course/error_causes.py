"""Causes that an exception, or the text of the file, gives away by itself, in words for a student.

`testing.own_code` chooses among them. They are the same for every exercise, so none may speak
of what an exercise asks for; each says what was observed and asks back.
"""

from __future__ import annotations

from ..i18n import Text

# The file is no Python.
SYNTAX: dict[str, Text] = {
    "syntax_error": Text(
        "The file is not valid Python, so nothing in it could run.",
        "Python の文法に合わない箇所があり、ファイル全体を実行できませんでした。",
    ),
    "not_utf8": Text(
        "Python reads UTF-8. Where does your editor choose the encoding with which it saves?",
        "Python は UTF-8 のファイルを読みます。エディターの「保存時の文字コード」はどこで選べますか。",
    ),
    "full_width": Text(
        "The line holds a character that only looks like one of Python's: a full-width bracket, comma or digit, a "
        "full-width blank, or a curly quote. Type it again with the input method switched off.",
        "半角に見えて半角でない文字（全角の括弧・カンマ・数字・空白や、引用符など）が混ざっています。"
        "日本語入力を切って打ち直しましょう。",
    ),
    "tabs_and_spaces": Text(
        "Tabs and spaces are mixed at the beginning of lines. Does your editor show which are which? Use four spaces.",
        "行頭の字下げにタブと空白が混ざっています。エディターで空白文字を表示して、空白 4 つにそろえましょう。",
    ),
    "indentation": Text(
        "The line does not begin where Python expects it. Compare its indentation with the lines above.",
        "行頭の字下げが Python の想定と違います。上の行と字下げを見比べましょう。",
    ),
    "colon_missing": Text(
        "A line such as `def`, `if` or `for` ends with a colon. Is it there?",
        "`def` や `if`、`for` の行はコロンで終わります。行末にコロンがありますか。",
    ),
    "unbalanced": Text(
        "A bracket or a quote is opened and never closed, or closed and never opened. Count them in this "
        "line and above.",
        "括弧か引用符の対応がとれていません。この行とその前の行で数えてみましょう。",
    ),
    "comma_or_operator": Text(
        "Two things stand side by side with nothing between them. Is a comma or an operator (`*`) missing?",
        "2 つのものが記号なしで並んでいます。カンマや演算子（`*` など）が抜けていませんか。",
    ),
    "comparison_or_assignment": Text(
        "`=` gives a name to a value, `==` compares. Which of them is meant here?",
        "`=` は代入、`==` は比較です。ここで使うのはどちらですか。",
    ),
    "return_outside": Text(
        "A `return` stands outside of every function. Is it indented as far as the body it belongs to?",
        "`return` が関数の外にあります。関数の本体と同じだけ字下げされていますか。",
    ),
    "pasted_prompt": Text(
        "The line was pasted with something that is no code: a prompt (`>>>`, `In [1]:`), a fence (```) or a mark "
        "of a merge. Which characters do not belong to the program?",
        "プログラムでない文字（`>>>` や `In [1]:` などのプロンプト、``` の囲み、マージの印）が貼り付けられています。"
        "不要な部分を消しましょう。",
    ),
    "notebook_magic": Text(
        "A line that begins with `%` or `!` works in a notebook only. Does your function need it?",
        "`%` や `!` で始まる行はノートブックでしか使えません。関数に必要な行ですか。",
    ),
}

# There is no such function to call.
MISSING: dict[str, Text] = {
    "function_missing": Text(
        "The function is not there. Check that its name is spelled exactly as in the stub.",
        "関数が見つかりません。名前が雛形と一字一句同じか確かめましょう。",
    ),
    "function_overwritten": Text(
        "The function's name was given to something else after it was defined, as in `f = f(x)`; the function is "
        "gone from then on. What could the value be called instead?",
        "関数を定義したあとで、`f = f(x)` のように同じ名前に別の値を代入しています。そこから先は関数を呼び出せません。"
        "値のほうに別の名前を付けられませんか。",
    ),
    "under_main": Text(
        "The function is defined under `if __name__ == ...`, and that part runs only when the file itself is started. "
        "Where must a definition stand so that others can use it?",
        "関数が `if __name__ == ...` の中で定義されています。この部分は、ファイルを直接実行したときしか実行されません。"
        "ほかから使えるようにするには、どこで定義すればよいでしょうか。",
    ),
    "function_nested": Text(
        "The function is defined inside another function or a class. How far is its `def` indented?",
        "関数が別の関数やクラスの中で定義されています。`def` の字下げを確かめましょう。",
    ),
    "printed_not_returned": Text(
        "The function prints its result and returns nothing, that is None. What is the difference between showing "
        "a value and handing it back?",
        "関数が結果を print するだけで、何も返していません（None が返ります）。"
        "値を表示することと返すことの違いは何ですか。",
    ),
    "nothing_returned": Text(
        "No line of the function returns a value, so it returns None. How does the caller get the result?",
        "値を return する行がないため None が返ります。呼び出した側に結果を渡すには、どうしますか。",
    ),
}

# An exception that the student's own line raised.
ERRORS: dict[str, Text] = {
    "numpy_not_imported": Text(
        "The code uses NumPy under a name that was never imported. Which line makes the name known, and is it in "
        "this file (or in a cell that ran)?",
        "NumPy を、import していない名前で使っています。その名前を使えるようにする行が、"
        "このファイル（または実行済みのセル）にありますか。",
    ),
    "unknown_module_name": Text(
        "The module has nothing of this name. Is it spelled as in its manual?",
        "モジュールにその名前の関数や値はありません。つづりはマニュアルのとおりですか。",
    ),
    "removed_numpy_name": Text(
        "This name was removed from NumPy some versions ago; older books and pages still show it. What does Python "
        "itself offer for it, or what does the error message suggest?",
        "この名前は NumPy から削除されました（古い本や Web ページには残っています）。"
        "Python の組み込みの型か、エラーメッセージが勧める名前に置き換えましょう。",
    ),
    "misspelled_name": Text(
        "The code uses a name that is defined nowhere, but one that looks like it is. Compare the two "
        "letter by letter.",
        "どこにも定義されていない名前を使っています。よく似た名前ならあります。1 文字ずつ見比べましょう。",
    ),
    "unbound_local": Text(
        "The variable has no value yet when this line runs: it gets one only inside an `if` or a loop that was not "
        "entered, or further down. What should it be in the other case?",
        "この行の時点で、変数にまだ値がありません。値を代入する行が、実行されなかった `if` や繰り返しの中か、"
        "もっと下にあります。その場合の値は何であるべきですか。",
    ),
    "local_hides_global": Text(
        "The function assigns to a name that also exists outside of it. From then on the name means a variable of its "
        "own, which has no value yet. Is another name possible?",
        "関数の外にもある名前に、関数の中で代入しています。すると関数の中ではその名前が別の変数になり、"
        "まだ値がありません。"
        "別の名前にできませんか。",
    ),
    "list_argument": Text(
        "It works for an array but not for a list: a list has no `.shape`, and its `+`, `*` and `<` do not work on "
        "elements. What turns either into an array, in one line at the top?",
        "配列では動きますが、リストでは動きません。リストには `.shape` がなく、`+`、`*`、`<` も要素ごとには働きません。"
        "どちらも配列に変えるには、最初の 1 行に何を書けばよいでしょうか。",
    ),
    "own_list": Text(
        "This line treats a list as if it were an array. Where was the list made, and what turns it into an array?",
        "この行では、リストを配列のように扱っています。そのリストはどこで作りましたか。配列に変えるにはどうしますか。",
    ),
    "list_index": Text(
        "A list takes one whole number as its index; a row and a column, a mask or another list only an array takes. "
        "Is the thing on the left really an array?",
        "リストの添字に使えるのは 1 つの整数だけです。行と列の組やマスクが使えるのは配列です。"
        "左側にあるのは本当に配列ですか。",
    ),
    "number_argument": Text(
        "It works for an array but not for a single number: a number has no `.shape`, no elements to index or to "
        "assign to, and comparing it gives one True or False. What turns either into an array at the top?",
        "配列では動きますが、1 つの数では動きません。数には `.shape` も要素もなく、"
        "比較の結果も 1 つの True か False です。"
        "どちらも配列に変えるには、最初に何を書けばよいでしょうか。",
    ),
    "single_number": Text(
        "This line uses a single number as if it were an array. Which step before it left only one number?",
        "この行では、1 つの数を配列のように扱っています。どの計算で 1 つの数になりましたか。",
    ),
    "range_forgotten": Text(
        "A `for` loop runs over the elements of something, and a number has none. What gives the numbers 0, 1, 2, ...?",
        "`for` は要素を順に取り出しますが、1 つの数には要素がありません。0、1、2、… を作るのは何ですか。",
    ),
    "none_used": Text(
        "The code goes on with None: a function whose result is used here returned nothing. Does it `return`, or does "
        "it (as `append`, `sort`, `shuffle` do) change its argument instead?",
        "None を使って計算を続けようとしています。結果を使おうとした関数が何も返していません。`return` がありますか。"
        "それとも（`append`、`sort`、`shuffle` のように）引数のほうを変える関数ですか。",
    ),
    "text_not_number": Text(
        "The line computes with a text (str) as if it were a number. Where do the quotes come from?",
        "文字列（str）を数のように計算しています。引用符が付いているのはどこですか。",
    ),
    "tuple_not_number": Text(
        "The line computes with a tuple as if it were a number; `x.shape` is one, and so is what a function with "
        "several results returns. Which part of it is meant?",
        "タプルを数のように計算しています。`x.shape` や、結果が複数ある関数の戻り値はタプルです。"
        "使うのは何番目ですか。",
    ),
    "call_forgotten": Text(
        "The line uses a function itself where its result is meant. What calls a function?",
        "関数の結果ではなく、関数そのものを使っています。関数を呼び出すには何を付けますか。",
    ),
    "not_callable": Text(
        "Round brackets stand behind something that is no function. Is an operator missing, are square brackets meant, "
        "or did a variable take over the name of a function?",
        "関数でないものの後ろに丸括弧があります。演算子が抜けていませんか。角括弧のつもりでしたか。"
        "それとも、変数に関数と同じ名前を付けましたか。",
    ),
    "no_such_attribute": Text(
        "The object has nothing of this name. Is it spelled right, and is the object what you think it is? "
        "`print(type(...))` tells.",
        "そのオブジェクトに、その名前のものはありません。つづりは正しいですか。"
        "オブジェクトは思っている型ですか（`print(type(...))` で分かります）。",
    ),
    "integers_in_place": Text(
        "The array holds whole numbers, and `-=`, `+=`, `*=` or `/=` cannot put fractions into it. Which "
        "operator makes "
        "a new array, or what turns the array into floats first?",
        "整数の配列に `-=`、`+=`、`*=`、`/=` で小数を入れることはできません。"
        "新しい配列を作る書き方はどれですか。あるいは、先に小数の配列に変えるにはどうしますか。",
    ),
    "integer_range": Text(
        "A number does not fit into the array's type of integers (uint8 holds 0 to 255 only). In which type should be "
        "computed?",
        "配列の整数型に入らない数です（uint8 に入るのは 0～255 だけです）。どの型で計算すべきですか。",
    ),
    "nan_to_integer": Text(
        "nan or inf cannot become a whole number. Which step before gave nan or inf?",
        "nan や inf は整数にできません。どの計算で nan や inf になりましたか。",
    ),
    "array_as_axis": Text(
        "The second argument of this NumPy function is the axis along which it works, and an array was given. "
        "Which function compares two things element by element?",
        "この NumPy 関数の 2 番目の引数は、計算する軸（axis）です。そこに配列を渡しています。"
        "2 つのものを要素ごとに比べる関数はどれですか。",
    ),
    "array_as_shape": Text(
        "This function makes an array of a given *shape*, and an array was given. How do you ask an array "
        "for its shape?",
        "この関数の引数は、作る配列の形状です。そこに配列そのものを渡しています。配列の形状はどうすれば分かりますか。",
    ),
    "shape_in_two_arguments": Text(
        "The shape is one argument, a tuple: here the second number was taken for the type. Which "
        "brackets are missing?",
        "形状は 1 つの引数（タプル）で渡します。2 番目の数が型の指定と解釈されました。どの括弧が足りませんか。",
    ),
    "brackets_for_several": Text(
        "The function takes one list of things, and they were given one by one. Which brackets are missing?",
        "この関数は、複数のものを 1 つのリストにまとめて受け取ります。どの括弧が足りませんか。",
    ),
    "float_as_integer": Text(
        "A whole number is needed here (an index, a size, a count), and a float was given: `/` always gives a float. "
        "Which operator divides without a fraction?",
        "ここでは整数（添字、大きさ、回数）が必要ですが、小数（float）が渡されました。`/` の結果はいつも float です。"
        "小数にならない割り算はどれですか。",
    ),
    "float_array_index": Text(
        "An array of floats is used as an index; only whole numbers, or True and False, can pick elements. What does "
        "this array hold here: numbers of classes, or one row of 0 and 1 for each sample?",
        "小数（float）の配列を添字に使っています。添字にできるのは整数か True と False の配列だけです。"
        "この配列に入っているのはクラスの番号ですか。それとも、サンプルごとの 0 と 1 の行ですか。",
    ),
    "number_function_on_array": Text(
        "The function (of `math`, or float() and int()) takes a single number, and got an array. Which "
        "function of NumPy "
        "does the same for every element?",
        "`math` の関数や float()、int() は 1 つの数しか受け取れません。"
        "要素ごとに同じ計算をする NumPy の関数はどれですか。",
    ),
    "third_argument": Text(
        "The last argument was taken for the array into which the result is written. How many values does "
        "this function "
        "compare at a time?",
        "最後の引数は、結果の書き込み先と解釈されました。この関数が一度に比べる値はいくつですか。",
    ),
    "array_into_element": Text(
        "Several numbers were put where one element has its place. What is the shape of each side?",
        "1 つの要素の場所に、複数の数を入れようとしています。両辺の形状は何ですか。",
    ),
    "uneven_rows": Text(
        "Rows of different lengths cannot become an array. Which row is shorter, and why?",
        "長さの違う行は配列にできません。短いのはどの行で、なぜですか。",
    ),
    "shapes_do_not_fit": Text(
        "Two arrays whose shapes do not fit meet in this line. Write the shape of each beside it: which axis is too "
        "long, missing, or in the wrong place?",
        "形状の合わない 2 つの配列を計算しようとしています。それぞれの形状を横に書いてみましょう。"
        "長さが合わない軸、足りない軸、順番の違う軸はどれですか。",
    ),
    "inner_sizes": Text(
        "In a matrix product the last axis of the left side must be as long as the first of the right (of two axes). "
        "Write both shapes down: is the order right, is a transpose missing?",
        "行列の積では、左の最後の軸と右の（2 つの軸のうち）最初の軸の長さが同じでなければなりません。"
        "両方の形状を書いてみましょう。順番は合っていますか。転置が必要ではありませんか。",
    ),
    "reshape_size": Text(
        "The new shape has another number of elements than the array. How many are there, and how many are wanted?",
        "新しい形状の要素数が、配列の要素数と違います。要素はいくつあり、いくつ必要ですか。",
    ),
    "no_such_axis": Text(
        "The array has fewer axes than the line says (axes count from 0). How many has it here?",
        "配列の軸の数が足りません（軸は 0 から数えます）。この配列の軸はいくつですか。",
    ),
    "index_out_of_range": Text(
        "The index goes beyond the end. Up to which number does the loop run, and which is the last element's index?",
        "添字が範囲を超えています。繰り返しはいくつまで進みますか。最後の要素の添字はいくつですか。",
    ),
    "unpacking": Text(
        "There are more or fewer values than names to the left of `=`. How many axes, or results, are there really?",
        "`=` の左側の名前の数と、値の数が合いません。軸（または結果）は実際にいくつありますか。",
    ),
    "empty_has_no_maximum": Text(
        "Nothing has no largest element: the array is empty here. Is an empty input possible, or did a slice take too "
        "much away?",
        "空の配列に最大値はありません。入力が空の場合があるのか、それともスライスで切りすぎたのか確かめましょう。",
    ),
    "read_only": Text(
        "The line writes into a view of other data. What gives an array of its own?",
        "別の配列を参照しているだけのビューに書き込もうとしています。独立した配列を作るにはどうしますか。",
    ),
    "tuple_is_fixed": Text(
        "A tuple cannot be changed. Should a new one be made, or a list used?",
        "タプルの要素は書き換えられません。新しく作るか、リストを使うか、どちらがよいでしょうか。",
    ),
    "divided_by_zero": Text(
        "The line divides by 0. When does the divisor become 0?",
        "0 で割っています。割る数が 0 になるのはどんなときですか。",
    ),
    "no_such_key": Text(
        "The dict has no such key. Which keys does it have, and is this one spelled the same way?",
        "辞書にそのキーはありません。どんなキーがあり、つづりは同じですか。",
    ),
    "own_call": Text(
        "Your code calls a function with other arguments than it takes. Compare the call with the function's `def` or "
        "its manual.",
        "関数の引数に合わない呼び出しをしています。呼び出しと、`def` の行やマニュアルを見比べましょう。",
    ),
    "own_assertion": Text(
        "An `assert` in your own code does not hold. Is the condition too strict, or is something wrong before it?",
        "自分で書いた `assert` が成り立ちません。条件が厳しすぎるのか、その前の計算が違うのか確かめましょう。",
    ),
    "outside_domain": Text(
        "A function of `math` got a number for which it has no value, such as log(0). Which number arrives there?",
        "`math` の関数に、log(0) のような値の定まらない数が渡されました。どんな数が渡っていますか。",
    ),
    "overflowed": Text(
        "The number is too large for a float, as exp(1000) is. Can the formula be written so that no "
        "large exponent occurs?",
        "exp(1000) のように、大きすぎて float で表せません。指数が大きくならない式に書き換えられませんか。",
    ),
    "asks_for_input": Text(
        "The code waits for somebody to type (input()). A function gets its values as arguments.",
        "input() で入力を待っています。関数に渡す値は引数で受け取ります。",
    ),
}
