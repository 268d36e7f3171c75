"""What a network does to a request."""

from __future__ import annotations

import socket
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from autograder.errors import ConfigError
from autograder.lms.upload.backoff import Backoff, retry_after
from autograder.lms.upload.client import Client, next_link
from autograder.lms.upload.errors import Lost, Refused, UploadError

from .conftest import QUICK
from .loopback.server import Answer, Loopback, Request


class Echo(Loopback):
    def handle(self, request: Request) -> Answer:
        return Answer({"n": len(self.requests)})


@pytest.fixture
def server():
    echo = Echo()
    yield echo
    echo.stop()


@pytest.fixture
def client() -> Client:
    return Client(backoff=QUICK, timeout=(1.0, 0.3))


@pytest.mark.parametrize("action", ["drop", "drop_after", 500, 502, 503, 504, "slow"])
def test_a_harmless_request_is_repeated(client, server, action):
    server.fail("GET", action, 2)
    assert client.json(client.request("GET", server.url)) == {"n": 3}


@pytest.mark.parametrize("action", ["drop", "drop_after", 500, 503, "slow"])
def test_a_request_that_may_have_had_its_effect_is_not_repeated(client, server, action):
    server.fail("POST", action)
    with pytest.raises(Lost):
        client.request("POST", server.url, form={"a": "b"}, repeat=False)
    assert len(server.requests) == 1


def test_a_request_that_was_over_the_limit_is_repeated_in_any_case(client, server):
    server.fail("POST", 429, 2)
    client.request("POST", server.url, form={"a": "b"}, repeat=False)
    assert len(server.requests) == 3


def test_a_connection_that_was_never_made_is_tried_again_in_any_case(client):
    with socket.socket() as taken:  # bound and not listening: refused at once
        taken.bind(("127.0.0.1", 0))
        waits: list[float] = []
        client.backoff = Backoff(tries=3, base=0.001, sleep=waits.append)
        with pytest.raises(UploadError, match="cannot be reached") as caught:
            client.request("POST", f"http://127.0.0.1:{taken.getsockname()[1]}", form={}, repeat=False)
    assert not isinstance(caught.value, Lost)
    assert len(waits) == 2


@pytest.mark.parametrize("status", [400, 404, 409, 422])
def test_a_wrong_request_is_not_repeated(client, server, status):
    server.fail("GET", status, 9, body={"message": "because"})
    with pytest.raises(Refused, match="because"):
        client.request("GET", server.url)
    assert len(server.requests) == 1


def test_what_the_server_asks_to_wait_is_waited(client, server):
    waits: list[float] = []
    client.backoff = Backoff(tries=3, base=0.5, cap=0.5, sleep=waits.append)
    server.fail("GET", 429, 1, {"Retry-After": "7"})
    client.request("GET", server.url)
    assert 7.0 <= waits[0] <= 7.5


def test_a_wait_beyond_patience_ends_at_once(client, server):
    client.backoff = Backoff(sleep=lambda seconds: pytest.fail("waited"))
    server.fail("GET", 429, 1, {"Retry-After": "86400"})
    with pytest.raises(UploadError, match="limit"):
        client.request("GET", server.url)


def test_waits_grow_and_differ():
    waits: list[float] = []
    backoff = Backoff(tries=9, base=1.0, cap=8.0, sleep=waits.append)
    for _ in range(200):
        assert backoff.wait(1)
    assert max(waits) <= 1.0
    assert len({round(w, 6) for w in waits}) > 150
    waits.clear()
    for _ in range(200):
        assert backoff.wait(8)
    assert 4.0 < max(waits) <= 8.0
    assert not backoff.wait(9)


@pytest.mark.parametrize(("value", "seconds"), [("3", 3.0), ("0.5", 0.5), ("-1", 0.0), (None, None), ("soon", None)])
def test_retry_after_in_seconds(value, seconds):
    assert retry_after(value) == seconds


def test_retry_after_as_a_date():
    now = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
    assert retry_after(format_datetime(now + timedelta(seconds=90)), now) == 90.0
    assert retry_after(format_datetime(now - timedelta(seconds=90)), now) == 0.0


def test_a_slow_server_is_given_up_in_bounded_time(client, server):
    server.fail("GET", "slow", 99)
    began = time.monotonic()
    with pytest.raises(Lost, match="no answer in time"):
        client.request("GET", server.url)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ('<https://x/?page=2>; rel="next", <https://x/?page=9>; rel="last"', "https://x/?page=2"),
        ('<https://x/?page=1>; rel="current",<https://x/?a=b,c&page=2>; rel="next"', "https://x/?a=b,c&page=2"),
        ("<https://x/?page=2>; rel=next", "https://x/?page=2"),
        ("<https://x/?t=1&amp;from=5>; rel=\u00e2\u0080\u009cnext\u00e2\u0080\u009d", "https://x/?t=1&from=5"),
        ('<https://x/?page=1>; rel="prev"', None),
        ('<https://x/?page=1>; rel="nextish"', None),
        ("", None),
    ],
)
def test_the_next_page_is_found_however_it_is_written(header, expected):
    assert next_link(header) == expected


def test_certificates_are_verified(client, server):
    with pytest.raises(UploadError) as caught:
        client.request("GET", server.url.replace("http://", "https://"))
    assert "certificate" in str(caught.value)
    assert client._session.verify is True


def test_plain_http_is_for_this_machine_or_on_demand(client):
    for url in ("http://10.0.0.1/", "http://localhost.evil.example/", "file:///etc/passwd", "https:///x"):
        with pytest.raises(ConfigError):
            client.request("GET", url)


def test_a_password_of_netrc_is_not_sent(server, tmp_path, monkeypatch):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password pw\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    Client(backoff=QUICK).request("GET", server.url)
    assert "authorization" not in server.requests[0].headers


def test_a_list_without_end_is_given_up(client, server, monkeypatch):
    monkeypatch.setattr("autograder.lms.upload.client._MAX_PAGES", 5)

    def endless(request: Request) -> Any:
        return Answer([1], headers={"Link": f'<{server.url}/>; rel="next"'})

    monkeypatch.setattr(server, "handle", endless)
    with pytest.raises(UploadError, match="never ends"):
        list(client.pages(server.url))
