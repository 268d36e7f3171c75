"""Source notebooks are what nbgrader expects, and a release of them holds no answer."""

from __future__ import annotations

import json
from typing import Any

import pytest

pytest.importorskip("nbgrader", reason="nbgrader is not installed")

import nbformat
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.preprocessors import ClearHiddenTests, LockCells

from autograder.author.markers import find_regions, read_source, solution_lines
from autograder.author.notebooks.localize import localize
from autograder.author.parts import load_exercises
from autograder.author.stub import TODO, make_stub
from autograder.course.exercise import load_exercise
from autograder.course.load import LoadedCourse
from autograder.errors import ContentError
from autograder.i18n import LANGS
from autograder.nbgrader.assignments import ALL, assignments_of
from autograder.nbgrader.feedback import HideTests
from autograder.nbgrader.rubric import load_report
from autograder.nbgrader.source import dumps
from autograder.nbgrader.stubs import ClearRegions


def notebooks(course: LoadedCourse, lang: str = "en", layout: str = "units") -> dict[str, Any]:
    made = assignments_of(course, load_exercises(course), lang, layout)
    return {a.id: nbformat.reads(dumps(a.notebook), as_version=4) for a in made}


def meta(cell: Any) -> dict[str, Any]:
    return cell.metadata.get("nbgrader", {})


def released(notebook: Any) -> Any:
    """As generate_assignment releases it, as far as texts go."""
    clear = ClearRegions(code_stub={"python": "\n".join(TODO[:1] + TODO[2:])})
    for step in (LockCells(), clear, ClearHiddenTests()):
        notebook, _ = step.preprocess(notebook, {})
    return notebook


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("layout", ["units", "one"])
def test_every_notebook_is_valid_for_nbformat_and_nbgrader(small_course, lang, layout):
    made = notebooks(small_course, lang, layout)
    for notebook in made.values():
        nbformat.validate(notebook)
        MetadataValidator().validate_nb(notebook)
    units = {ALL} if layout == "one" else {"activations", "neurons"}
    assert units <= set(made)
    assert set(made) - units == {"case_study"}


def test_an_exercise_has_one_solution_cell_and_a_test_cell_for_each_group(small_course):
    cells = [c for n in notebooks(small_course).values() for c in n.cells]
    for name, exercise in load_exercises(small_course).items():
        (solution,) = [c for c in cells if meta(c).get("grade_id") == name]
        assert (meta(solution)["solution"], meta(solution)["grade"]) == (True, False)
        assert "points" not in meta(solution)
        tests = [c for c in cells if meta(c).get("grade_id", "").startswith(f"{name}__") and meta(c)["grade"]]
        assert [meta(c)["grade_id"] for c in tests] == [f"{name}__{group}" for group in exercise.config.groups]
        assert all(meta(c)["locked"] and not meta(c)["solution"] for c in tests)
        assert sum(meta(c)["points"] for c in tests) == pytest.approx(small_course.entry(name).points, abs=1e-12)
        group = next(iter(exercise.config.groups))
        assert f'score("{name}", "{group}")' in tests[0].source


def test_one_notebook_for_all_has_the_same_graded_cells_in_the_same_order(small_course):
    apart, together = notebooks(small_course), notebooks(small_course, layout="one")
    ids = [meta(c)["grade_id"] for n in apart.values() for c in n.cells if meta(c)]
    assert [meta(c)["grade_id"] for n in together.values() for c in n.cells if meta(c)] == ids
    assert sum("%load_ext autograder" in c.source for c in together[ALL].cells) == 1


def test_building_twice_gives_the_same_bytes(small_course):
    exercises = load_exercises(small_course)
    first, second = (assignments_of(small_course, exercises, "ja", "units") for _ in range(2))
    assert [dumps(a.notebook) for a in first] == [dumps(a.notebook) for a in second]


@pytest.mark.parametrize("lang", LANGS)
def test_a_release_holds_no_line_of_a_solution_and_no_call_of_the_grader(small_course, lang):
    for notebook in notebooks(small_course, lang).values():
        cells = released(notebook).cells
        text = "\n".join(cell.source for cell in cells)
        code = {line.strip() for cell in cells if cell.cell_type == "code" for line in cell.source.split("\n")}
        for exercise in load_exercises(small_course).values():
            source = read_source(exercise.reference)
            secret = solution_lines(source, find_regions(exercise.reference, source))
            assert not {line for line in secret if len(line) > 8} & code
        assert "SOLUTION" not in text
        assert "HIDDEN" not in text
        assert "score(" not in text
        example = load_report(small_course.solutions_dir / "case_study").config.rows[0].example
        assert example is not None
        assert example.text.get(lang).strip() not in text


def test_a_released_solution_cell_is_the_stub_that_students_get_elsewhere(small_course):
    exercise = load_exercise(small_course.solutions_dir / "relu")
    stub = localize(make_stub(exercise.reference, exercise.config.functions), "en").strip()
    cells = released(notebooks(small_course)["activations"]).cells
    assert next(c.source for c in cells if meta(c).get("grade_id") == "relu") == stub


def test_a_region_of_helpers_leaves_no_line_that_stops_the_cell():
    source = (
        "import numpy as np\n\n### BEGIN SOLUTION\ndef helper(x):\n    return x\n### END SOLUTION\n\n"
        "class Net:\n    ### BEGIN SOLUTION\n    def _inner(self):\n        return 1\n    ### END SOLUTION\n\n"
        "    def out(self):\n        ### BEGIN SOLUTION\n        return self._inner()\n        ### END SOLUTION\n"
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    notebook.cells[0].metadata["nbgrader"] = {
        "schema_version": 3, "grade": False, "grade_id": "net", "locked": False, "solution": True, "task": False,
    }  # fmt: skip
    stub = released(notebook).cells[0].source
    namespace: dict[str, Any] = {}
    exec(stub, namespace)
    assert "helper" not in stub
    assert "_inner" not in stub
    with pytest.raises(NotImplementedError):
        namespace["Net"]().out()


def test_code_outside_the_regions_is_refused_before_nbgrader_could_publish_it(small_course, tmp_path, monkeypatch):
    exercises = load_exercises(small_course)
    leaking = tmp_path / "relu"
    leaking.mkdir()
    for path in exercises["relu"].folder.iterdir():
        if path.is_file():
            (leaking / path.name).write_bytes(path.read_bytes())
    (leaking / "relu.py").write_text("def relu(x):\n    return max(x, 0)\n\n\ndef relu_grad(x):\n    return x > 0\n")
    with pytest.raises(ContentError, match="no solution region"):
        assignments_of(small_course, exercises | {"relu": load_exercise(leaking)}, "en", "units")


@pytest.mark.parametrize("lang", LANGS)
def test_a_report_has_a_cell_to_answer_for_each_row_worth_its_best_level(small_course, lang):
    report = load_report(small_course.solutions_dir / "case_study")
    notebook = notebooks(small_course, lang)["case_study"]
    answers = [c for c in notebook.cells if meta(c).get("solution")]
    assert [meta(c)["grade_id"] for c in answers] == [f"case_study__{row.id}" for row in report.config.rows]
    assert [meta(c)["points"] for c in answers] == [row.levels[0].points for row in report.config.rows]
    text = "\n".join(c.source for c in notebook.cells if meta(c).get("locked"))
    for row in report.config.rows:
        assert row.title.text.get(lang) in text
        assert all(level.text.text.get(lang) in text for level in row.levels)


def test_a_rubric_with_levels_out_of_order_names_file_and_line(tmp_path):
    folder = tmp_path / "essay"
    folder.mkdir()
    (folder / "task.en.md").write_text("Write.")
    (folder / "task.ja.md").write_text("書いてください。")
    level = "{{points: {}, text: {{en: a, ja: あ}}}}"
    levels = f"[{level.format(1)}, {level.format(2)}]"
    row = f"{{id: one, title: {{en: One, ja: 一}}, task: {{en: a, ja: あ}}, levels: {levels}}}"
    (folder / "rubric.yaml").write_text(f"title: {{en: E, ja: え}}\nrows:\n  - {row}\n", encoding="utf-8")
    with pytest.raises(Exception, match=r"rubric\.yaml:3:.*most points down"):
        load_report(folder)


def test_a_notebook_is_json_with_one_line_a_source_line(small_course):
    made = assignments_of(small_course, load_exercises(small_course), "en", "units")
    sources = [cell["source"] for cell in json.loads(dumps(made[0].notebook))["cells"]]
    assert all(isinstance(source, list) and all(line.count("\n") <= 1 for line in source) for source in sources)


def test_feedback_of_stock_execute_loses_the_hidden_lines_and_their_traceback():
    source = "# Graded\n### BEGIN HIDDEN TESTS\nassert f(41) == 42\n### END HIDDEN TESTS"
    error = nbformat.v4.new_output("error", ename="AssertionError", evalue="41", traceback=["assert f(41) == 42"])
    score = nbformat.v4.new_output("execute_result", {"text/plain": "0.5"})
    test = nbformat.v4.new_code_cell(source, outputs=[error, score])
    test.metadata["nbgrader"] = {"grade": True, "solution": False, "grade_id": "f__g", "points": 1}
    own = nbformat.v4.new_code_cell("# BEGIN HIDDEN TESTS\nx = 1", outputs=[error])
    notebook, _ = HideTests().preprocess(nbformat.v4.new_notebook(cells=[test, own]), {})
    assert notebook.cells[0].source == "# Graded"
    assert [o.output_type for o in notebook.cells[0].outputs] == ["execute_result"]
    assert notebook.cells[1].source.endswith("x = 1")  # the student's own words stop nothing
