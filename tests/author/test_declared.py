"""The header of a version is read strictly: what is misspelt is refused, with the word that was meant."""

import pytest

from autograder.course.declared import WRONG, PartialVersion
from autograder.course.exercise import load_exercise
from autograder.course.version import Version
from autograder.errors import ContentError


@pytest.fixture
def read(small):
    """Read a half-right version with this header."""

    def _read(text: str) -> PartialVersion:
        path = small.source / "partial" / "half.py"
        path.write_text(text + "import numpy as np\n# function: after the code\n", encoding="utf-8")
        return PartialVersion.read(Version.read("partial", path), load_exercise(small.source))

    return _read


def test_every_declaration_is_read(read):
    version = read(
        "# right for rows, as far as it goes\n# function: centre\n# may lose: inputs, values\n\n"
        "# textbook\n# better than: overall_mean, wrong/divided\n"
    )
    assert (version.function, version.may_lose, version.textbook) == ("centre", ("inputs", "values"), True)
    assert version.better_than == ("overall_mean", "wrong/divided")


def test_what_is_left_out_has_its_plain_meaning(read):
    version = read("# may lose: inputs\n")
    assert (version.function, version.textbook, version.better_than) == (None, False, ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# may loose: inputs\n", "half.py:1: no declaration 'may loose'; did you mean 'may lose'?"),
        ("# textbok\n", "half.py:1: no declaration 'textbok'; did you mean 'textbook'?"),
        ("# colour: red\n", "there are function, may lose, textbook, better than"),
        ("# may lose: input\n", "no group 'input'; did you mean 'inputs'?"),
        ("# may lose: inputs\n# function: center\n", "no function 'center'; did you mean 'centre'?"),
        ("# may lose: inputs\n# may lose: values\n", "half.py:2: 'may lose' stands here twice"),
        ("# may lose:\n", "needs a line '# may lose: group, group'"),
        ("", "needs a line '# may lose: group, group'"),
    ],
)
def test_a_header_that_cannot_be_is_refused_with_the_fix(read, text, said):
    with pytest.raises(ContentError) as failure:
        read(text)
    assert said in failure.value.text.en
    assert failure.value.text.ja != failure.value.text.en


def test_prose_is_no_declaration(small):
    path = small.source / "wrong" / "divided.py"
    text = "# Not `/`: the mean, along an axis, is subtracted.\n# fails: test_rows\n# better than: mean_added\n"
    path.write_text(text, encoding="utf-8")
    assert Version.read("wrong", path).declarations(WRONG) == {"fails": "test_rows", "better than": "mean_added"}
