"""Checks that you can read and run: ``autograder check xor`` or ``pytest exercises/xor``.

公開テストです。``autograder check xor`` または ``pytest exercises/xor`` で実行できます。
"""

import numpy as np

from autograder.testing import case


@case("xnor", en="all four pairs, one at a time", ja="4 通りを 1 組ずつ")
def test_xnor_pairs(student, expect):
    outputs = [student.xnor_net(0, 0), student.xnor_net(0, 1), student.xnor_net(1, 0), student.xnor_net(1, 1)]
    expect(outputs, [1, 0, 0, 1])


@case("xor", en="all four pairs, one at a time (XOR)", ja="4 通りを 1 組ずつ（XOR）")
def test_xor_pairs(student, expect):
    outputs = [student.xor_net(0, 0), student.xor_net(0, 1), student.xor_net(1, 0), student.xor_net(1, 1)]
    expect(outputs, [0, 1, 1, 0])


@case("xnor_arrays", en="all four pairs in one call", ja="4 通りをまとめて")
def test_xnor_array(student, expect):
    expect(student.xnor_net(np.array([0.0, 0.0, 1.0, 1.0]), np.array([0.0, 1.0, 0.0, 1.0])), [1, 0, 0, 1])


@case("xor_arrays", en="all four pairs in one call (XOR)", ja="4 通りをまとめて（XOR）")
def test_xor_array(student, expect):
    expect(student.xor_net(np.array([0.0, 0.0, 1.0, 1.0]), np.array([0.0, 1.0, 0.0, 1.0])), [0, 1, 1, 0])


@case("xor_kinds", en="lists of whole numbers", ja="整数のリスト")
def test_xor_lists(student, expect):
    expect(student.xor_net([0, 0, 1, 1], [0, 1, 0, 1]), [0, 1, 1, 0])
