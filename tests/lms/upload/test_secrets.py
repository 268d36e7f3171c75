"""Tokens and keys appear in no text: not printed, not logged, not in an error, a journal or JSON."""

from __future__ import annotations

import logging
import pickle
import sys
import traceback
import types
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.cli import main
from autograder.errors import AutograderError, ConfigError
from autograder.lms.upload.secret import Secret, private_key, scrub, token

from .conftest import result
from .loopback import canvas, lti, moodle

CANARY = "c4n4ry"  # part of every token; the key's own lines stand for it
BODY = lti.PEM.splitlines()[5]


def assert_clean(text: str) -> None:
    assert CANARY not in text
    assert BODY not in text
    assert "eyJ" not in text  # how a signed assertion begins


def run(book: Path, caplog: pytest.LogCaptureFixture, args: list[str]) -> str:
    """All that a run leaves behind for eyes: output, logs, traceback, files."""
    caplog.set_level(logging.DEBUG)
    done = CliRunner().invoke(main, ["upload", *args, "--gradebook", str(book)], standalone_mode=False)
    left = done.output + done.stderr + caplog.text
    if done.exception is not None:
        assert isinstance(done.exception, AutograderError), done.exception
        left += "".join(traceback.format_exception(done.exception))
        left += repr(done.exception) + done.exception.text.ja
    for path in book.iterdir():
        left += path.read_bytes().decode("latin-1")
    return left


FAULTS = [None, "drop", "drop_after", 400, 401, 403, 404, 429, 500, 302]


@pytest.fixture
def book(make_book: Callable[..., Path]) -> Path:
    return make_book(result("s1", Fraction(3), Fraction(6), lti="31"))


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.lms.upload.backoff.Backoff.wait", lambda self, attempt, asked=None: attempt < 3)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("form", ["--yes", "--json"])
@pytest.mark.parametrize("where", ["get_grades", "save_grades", "course_module"])
def test_moodle(book, moodle_server, caplog, fault, form, where):
    moodle_server.add(101, idnumber="s1")
    if fault is not None:
        location = {"Location": f"{moodle_server.url}/?wstoken={moodle.TOKEN}"}
        moodle_server.fail(where, fault, 9, location, {"message": f"{'x' * 150} wstoken={moodle.TOKEN}"})
    args = ["moodle", "--url", moodle_server.url, "--assignment", str(moodle.CMID), "--yes", form]
    assert_clean(run(book, caplog, args))
    assert any("wstoken=c4n4ry" in r.content.decode() for r in moodle_server.requests)  # the canary was at work


def test_an_error_of_moodle_that_quotes_the_request(book, moodle_server, caplog):
    moodle_server.functions.clear()
    quoted = {"exception": "e", "errorcode": "odd", "message": f"wstoken={moodle.TOKEN}", "debuginfo": moodle.TOKEN}
    moodle_server.fail("course_module", 200, 9, {}, quoted)
    args = ["moodle", "--url", moodle_server.url, "--assignment", str(moodle.CMID), "--yes"]
    left = run(book, caplog, args)
    assert_clean(left)
    assert "wstoken=***" in left


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("where", ["/users", "update_grades", "/progress/"])
def test_canvas(book, canvas_server, caplog, fault, where, monkeypatch):
    monkeypatch.setattr("autograder.lms.upload.canvas.Canvas._wait_for", lambda *args: None)
    canvas_server.add(7, sis_user_id="s1")
    if fault is not None:
        location = {"Location": f"{canvas_server.url}/{canvas.TOKEN}?access_token={canvas.TOKEN}"}
        body = {"errors": [{"message": f"Bearer {canvas.TOKEN}"}]}
        canvas_server.fail(where, fault, 9, location, body)
    page = f"{canvas_server.url}/courses/{canvas.COURSE}/assignments/{canvas.ASSIGNMENT}"
    assert_clean(run(book, caplog, ["canvas", "--assignment", page, "--yes"]))
    assert any(CANARY in r.headers["authorization"] for r in canvas_server.requests)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("where", ["token.php", "/scores", "/results", "/lineitems"])
def test_lti(book, lti_server, caplog, fault, where):
    lti_server.users = {"31"}
    if fault is not None:
        lti_server.fail(where, fault, 9, {"Location": "https://x/"}, {"error": f"{lti.PEM} {list(lti_server.tokens)}"})
    who = ["--client-id", lti.CLIENT_ID, "--key-id", lti.KEY_ID, "--token-url", lti_server.token_url]
    args = ["lti", "--assignment", "hw1", "--url", lti_server.line_items, *who, "--yes"]
    assert_clean(run(book, caplog, args))


def test_a_secret_shows_itself_nowhere():
    secret = Secret("c4n4ry")
    assert_clean(f"{secret} {secret!r} {[secret]} %s" % secret)
    with pytest.raises(TypeError):
        pickle.dumps(secret)


def test_scrubbing_finds_a_secret_as_a_url_spells_it():
    assert scrub("a?t=7%7Eab%2Fcd&b 7~ab/cd", [Secret("7~ab/cd")]) == "a?t=***&b ***"


@pytest.mark.parametrize("value", ["two words", "全角", "new\nline"])
def test_a_token_that_no_header_can_carry_is_refused_unseen(monkeypatch, value):
    monkeypatch.setenv("AUTOGRADER_MOODLE_TOKEN", value)
    with pytest.raises(ConfigError) as caught:
        token("AUTOGRADER_MOODLE_TOKEN", "x")
    assert value not in str(caught.value)


def test_a_key_may_lie_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "key.pem").write_text(lti.PEM)
    monkeypatch.delenv("AUTOGRADER_LTI_KEY")
    monkeypatch.setenv("AUTOGRADER_LTI_KEY_FILE", str(tmp_path / "key.pem"))
    assert private_key("AUTOGRADER_LTI_KEY").reveal() == lti.PEM
    monkeypatch.setenv("AUTOGRADER_LTI_KEY_FILE", str(tmp_path / "none.pem"))
    with pytest.raises(ConfigError, match="cannot be read"):
        private_key("AUTOGRADER_LTI_KEY")


def test_the_keyring_is_asked_where_the_environment_is_silent(monkeypatch):
    ring = types.SimpleNamespace(get_password=lambda service, host: f"{service}-{host}")
    monkeypatch.setitem(sys.modules, "keyring", ring)
    monkeypatch.delenv("AUTOGRADER_MOODLE_TOKEN")
    assert token("AUTOGRADER_MOODLE_TOKEN", "moodle.x.ac.jp").reveal() == "autograder-moodle.x.ac.jp"
