"""A real HTTP server on a free port of this machine, with faults to order.

Faults: ``drop`` closes the connection before anything is done, ``drop_after`` does the work
and then closes it, ``slow`` answers late, ``hang`` does the work and holds the answer back,
and a number answers with that status and does nothing.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass
class Request:
    method: str
    path: str
    url: str
    query: dict[str, str]
    headers: dict[str, str]
    content: bytes

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.content.decode(), keep_blank_values=True))

    @property
    def json(self) -> Any:
        return json.loads(self.content)


@dataclass
class Answer:
    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "application/json"


@dataclass
class Fault:
    match: str
    action: str | int
    times: int
    headers: dict[str, str]
    body: Any
    skip: int


class Loopback:
    """Subclasses answer in `handle`, one request at a time, and name a request in `label`."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.faults: list[Fault] = []
        self.reached = threading.Event()  # a request with a "hang" has been carried out
        self.release = threading.Event()  # lets it answer
        self._lock = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def _do(self) -> None:
                outer._serve(self)

            do_GET = do_POST = do_PUT = do_DELETE = _do

            def log_message(self, *args: Any) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_port}"
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def stop(self) -> None:
        self.release.set()
        self._http.shutdown()
        self._http.server_close()

    def fail(
        self,
        match: str,
        action: str | int,
        times: int = 1,
        headers: dict[str, str] | None = None,
        body: Any = None,
        skip: int = 0,
    ) -> None:
        """Let the next `times` requests whose label holds `match` fail, after `skip` that do not."""
        self.faults.append(Fault(match, action, times, headers or {}, body, skip))

    def handle(self, request: Request) -> Answer:
        raise NotImplementedError

    def label(self, request: Request) -> str:
        return f"{request.method} {request.path}"

    def _fault(self, request: Request) -> Fault | None:
        for fault in self.faults:
            if fault.times and fault.match in self.label(request):
                if fault.skip:
                    fault.skip -= 1
                    continue
                fault.times -= 1
                return fault
        return None

    def _serve(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers.get("Content-Length") or 0)
        parts = urlsplit(handler.path)
        headers = {key.lower(): value for key, value in handler.headers.items()}
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        request = Request(handler.command, parts.path, handler.path, query, headers, handler.rfile.read(length))
        with self._lock:
            self.requests.append(request)
            fault = self._fault(request)
        action = fault.action if fault else None
        if action == "drop":
            return self._close(handler)
        if fault and isinstance(action, int):
            return self._reply(handler, Answer(fault.body, action, fault.headers))
        if action == "slow":
            time.sleep(0.6)
        with self._lock:
            answer = self.handle(request)
        if action == "hang":
            self.reached.set()
            self.release.wait(30)
        if action == "drop_after":
            return self._close(handler)
        self._reply(handler, answer)
        return None

    @staticmethod
    def _close(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        handler.connection.shutdown(socket.SHUT_RDWR)

    @staticmethod
    def _reply(handler: BaseHTTPRequestHandler, answer: Answer) -> None:
        content = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
        try:
            handler.send_response(answer.status)
            handler.send_header("Content-Type", answer.kind)
            handler.send_header("Content-Length", str(len(content)))
            for key, value in answer.headers.items():
                # Header bytes as a careless server sends them: UTF-8, where the library would refuse.
                handler.send_header(key, value.encode("utf-8").decode("latin-1"))
            handler.end_headers()
            handler.wfile.write(content)
        except OSError:
            handler.close_connection = True
