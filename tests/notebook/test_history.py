from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from autograder.notebook.history import Executed, History


class Shell:
    """The parts of a shell that a history listens to."""

    def __init__(self, *earlier: str) -> None:
        self.history_manager = SimpleNamespace(input_hist_raw=["", *earlier])
        self.events = SimpleNamespace(register=self._register, unregister=lambda *a: self.listeners.clear())
        self.listeners: list[Any] = []

    def _register(self, event: str, listener: Any) -> None:
        assert event == "pre_run_cell"
        self.listeners.append(listener)

    def run(self, source: str, cell_id: str | None = None, silent: bool = False, store_history: bool = True) -> None:
        info = SimpleNamespace(raw_cell=source, cell_id=cell_id, silent=silent, store_history=store_history)
        for listener in self.listeners:
            listener(info)
        if store_history:
            self.history_manager.input_hist_raw.append(source)


@pytest.fixture
def shell() -> Shell:
    return Shell("import a", "%load_ext autograder")


@pytest.fixture
def history(shell: Shell) -> History:
    history = History(shell)
    history.listen()
    return history


def test_what_ran_before_is_remembered(history: History) -> None:
    assert history.executed == [Executed(1, "import a"), Executed(2, "%load_ext autograder")]


def test_a_cell_run_again_replaces_itself_in_its_place(shell: Shell, history: History) -> None:
    shell.run("x = 1", "first")
    shell.run("y = 1", "second")
    shell.run("x = 2", "first")
    assert history.executed[2:] == [Executed(5, "x = 2"), Executed(4, "y = 1")]


def test_runs_without_a_cells_name_stand_alone(shell: Shell, history: History) -> None:
    shell.run("x = 1")
    shell.run("x = 2")
    assert [e.source for e in history.executed[2:]] == ["x = 1", "x = 2"]


def test_what_a_front_end_runs_unseen_is_no_cell(shell: Shell, history: History) -> None:
    shell.run("secret", silent=True)
    shell.run("body of a cell magic", store_history=False)
    assert len(history.executed) == 2


def test_it_stops_listening(shell: Shell, history: History) -> None:
    history.stop()
    shell.run("x = 1")
    assert len(history.executed) == 2
