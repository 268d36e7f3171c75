"""A slip is a version like any other, and says where it stopped fitting its base."""

import pytest

from autograder.cli import main
from autograder.course.declared import WrongVersion
from autograder.course.exercise import load_exercise
from autograder.errors import AutograderError

SLIP = """slips:
  twice:
    cause: overall_mean
    fails: [test_rows, test_vector]
    base: {base}
    replace:
    - {{old: "{old}", new: "{new}"{more}}}
"""


@pytest.fixture
def slip(small):
    """The exercise with one slip."""

    def _slip(base="reference", old="return x - ", new="return 2 * x - ", more=""):
        text = SLIP.format(base=base, old=old, new=new, more=more)
        (small.source / "slips.yaml").write_text(text, encoding="utf-8")
        return load_exercise(small.source)

    return _slip


def refused(exercise) -> str:
    with pytest.raises(AutograderError) as failure:
        _ = exercise.wrong
    assert failure.value.text.ja != failure.value.text.en
    return failure.value.text.en


def test_a_slip_is_its_base_with_the_change(slip):
    exercise = slip()
    [version] = [v for v in exercise.wrong if v.name == "twice"]
    assert version.code == exercise.reference.read_text(encoding="utf-8").replace("return x - ", "return 2 * x - ")
    assert (version.label, version.line, version.base.label) == ("wrong/twice", 2, "reference/centre")
    declared = WrongVersion.read(version)
    assert (declared.fails, declared.cause, declared.run) == (("test_rows", "test_vector"), "overall_mean", True)


def test_slips_and_files_stand_together_by_name(slip):
    names = [v.name for v in slip().wrong]
    assert names == sorted(names)
    assert "twice" in names
    assert "divided" in names


def test_a_file_of_wrong_can_be_a_base(slip):
    [version] = [v for v in slip(base="wrong/divided", old="x / np.mean", new="x * np.mean").wrong if v.name == "twice"]
    assert "x * np.mean" in version.code
    assert version.base.label == "wrong/divided"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"old": "is not there"}, "slips.yaml:7:7: slips.twice.replace.0: 'old' stands 0 times in reference, not 1"),
        ({"old": "x"}, "times in reference, not 1"),
        ({"more": ", times: 3"}, "'old' stands 1 times in reference, not 3"),
        ({"base": "right/no_such"}, "slips.yaml:2: no base 'right/no_such'"),
        ({"base": "wrong/divide"}, "did you mean 'wrong/divided'?"),
        ({"more": ", time: 3"}, "did you mean 'times'?"),
    ],
)
def test_a_slip_that_does_not_fit_is_refused_with_its_line(slip, change, said):
    assert said in refused(slip(**change))


def test_a_name_that_a_file_has_is_refused(slip, small):
    slip()
    path = small.source / "slips.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("  twice:", "  divided:"), encoding="utf-8")
    assert "wrong/divided.py has this name already" in refused(load_exercise(small.source))


def test_a_version_is_printed_whole_with_its_difference(slip, small, capsys):
    exercise = slip()
    assert main(["validate", "centre", "--show", "twice", "--course", str(small.root)], standalone_mode=False) == 0
    said = capsys.readouterr().out
    assert next(v for v in exercise.wrong if v.name == "twice").code.rstrip("\n") in said
    assert "\n--- reference/centre\n+++ wrong/twice\n" in said
    assert "\n+    return 2 * x - " in said


def test_a_version_that_is_not_there_is_told_with_the_nearest(slip):
    with pytest.raises(AutograderError) as failure:
        slip().version("twise")
    assert failure.value.text.en == "centre: no version 'twise'; did you mean 'twice'?"
