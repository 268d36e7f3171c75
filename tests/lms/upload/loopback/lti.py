"""An LTI 1.3 platform's token address, line items, scores, results and members, after Moodle's."""

from __future__ import annotations

import secrets
import time
from datetime import datetime
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from .server import Answer, Loopback, Request

CLIENT_ID = "tool-1"
KEY_ID = "key-1"
_ROOT = "/mod/lti/services.php/2/lineitems"
_LINE_ITEM = "application/vnd.ims.lis.v2.lineitem+json"
_AGS = "https://purl.imsglobal.org/spec/lti-ags/scope/"
_NRPS = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"

private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PEM = private.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
).decode()


class LtiServer(Loopback):
    def __init__(self) -> None:
        super().__init__()
        self.items: dict[int, dict[str, Any]] = {}
        self.results: dict[tuple[int, str], dict[str, Any]] = {}
        self.members: list[dict[str, Any]] = []
        self.tokens: dict[str, tuple[float, set[str]]] = {}
        self.lifetime = 3600.0
        self.page_size = 5
        self.seen: set[str] = set()
        self.users: set[str] = set()
        self.shows_comments = True

    @property
    def line_items(self) -> str:
        return f"{self.url}{_ROOT}?type_id=1"

    @property
    def token_url(self) -> str:
        return f"{self.url}/mod/lti/token.php"

    @property
    def members_url(self) -> str:
        return f"{self.url}/mod/lti/services.php/CourseSection/2/bindings/1/memberships"

    def add_item(self, label: str, resource: str, maximum: float = 10, tag: str = "") -> int:
        number = len(self.items) + 1
        self.items[number] = {
            "id": f"{self.url}{_ROOT}/{number}/lineitem?type_id=1",
            "label": label,
            "scoreMaximum": maximum,
            "resourceId": resource,
            "tag": tag,
        }
        return number

    def handle(self, request: Request) -> Answer:
        if request.path == "/mod/lti/token.php":
            return self._token(request)
        scopes = self._scopes(request)
        if scopes is None:
            return Answer({"error": "invalid_token"}, 401)
        if request.path.endswith("/memberships"):
            return self._need(scopes, _NRPS) or Answer({"id": self.members_url, "members": self.members})
        if request.query.get("type_id") != "1":
            return Answer({"message": "no type_id"}, 403)
        if request.path == _ROOT:
            return self._container(request, scopes)
        number, part = request.path.removeprefix(_ROOT + "/").split("/", 1)
        item = self.items.get(int(number))
        if item is None:
            return Answer({"message": "Not found"}, 404)
        if (request.method, part) == ("GET", "lineitem"):
            return self._need(scopes, f"{_AGS}lineitem") or Answer(item)
        if (request.method, part) == ("POST", "lineitem/scores"):
            return self._need(scopes, f"{_AGS}score") or self._score(int(number), item, request)
        if (request.method, part) == ("GET", "lineitem/results"):
            found = [r for (n, _), r in self.results.items() if n == int(number)]
            shown = [{k: v for k, v in r.items() if k not in ("stamp",)} for r in found]
            if not self.shows_comments:
                shown = [{k: v for k, v in r.items() if k != "comment"} for r in shown]
            return self._need(scopes, f"{_AGS}result.readonly") or self._page(request, shown)
        return Answer({"message": "Not found"}, 404)

    def _token(self, request: Request) -> Answer:
        form = request.form
        if form.get("grant_type") != "client_credentials" or not form.get("client_assertion_type", "").endswith(
            "jwt-bearer"
        ):
            return Answer({"error": "unsupported_grant_type"}, 400)
        assertion = form["client_assertion"]
        try:
            claims = jwt.decode(
                assertion,
                private.public_key(),
                algorithms=["RS256"],
                audience=self.token_url,
                issuer=CLIENT_ID,
                options={"require": ["iss", "sub", "aud", "iat", "exp", "jti"]},
            )
        except jwt.PyJWTError as error:
            return Answer({"error": "invalid_client", "error_description": f"{error} {assertion}"}, 400)
        kid = jwt.get_unverified_header(assertion).get("kid")
        if claims["sub"] != CLIENT_ID or claims["jti"] in self.seen or kid != KEY_ID:
            return Answer({"error": "invalid_client"}, 400)
        self.seen.add(claims["jti"])
        token = f"c4n4ry-{secrets.token_hex(12)}"
        self.tokens[token] = (time.monotonic() + self.lifetime, set(form["scope"].split()))
        return Answer({"access_token": token, "token_type": "Bearer", "expires_in": self.lifetime})

    def _scopes(self, request: Request) -> set[str] | None:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        until, scopes = self.tokens.get(token, (0.0, set()))
        return scopes if time.monotonic() < until else None

    @staticmethod
    def _need(scopes: set[str], scope: str) -> Answer | None:
        return None if scope in scopes else Answer({"message": f"needs {scope}"}, 403)

    def _container(self, request: Request, scopes: set[str]) -> Answer:
        if refused := self._need(scopes, f"{_AGS}lineitem"):
            return refused
        if request.method == "GET":
            return self._page(request, list(self.items.values()))  # a platform may ignore the filter
        if request.headers.get("content-type") != _LINE_ITEM:
            return Answer({"message": "unsupported content type"}, 400)
        body = request.json
        number = self.add_item(body["label"], body.get("resourceId", ""), body["scoreMaximum"], body.get("tag", ""))
        return Answer(self.items[number], 201)

    def _score(self, number: int, item: dict[str, Any], request: Request) -> Answer:
        if request.headers.get("content-type") != "application/vnd.ims.lis.v1.score+json":
            return Answer({"message": "unsupported content type"}, 400)
        score = request.json
        needed = {"userId", "timestamp", "scoreGiven", "scoreMaximum", "activityProgress", "gradingProgress"}
        if needed - set(score) or str(score["userId"]) not in self.users:
            return Answer({"message": "Incorrect score received"}, 400)
        stamp = int(datetime.fromisoformat(score["timestamp"].replace("Z", "+00:00")).timestamp())
        key = (number, str(score["userId"]))
        if key in self.results and self.results[key]["stamp"] >= stamp:
            return Answer({"message": "Refusing score with an earlier timestamp"}, 409)
        part = min(1.0, score["scoreGiven"] / score["scoreMaximum"])
        self.results[key] = {
            "userId": key[1],
            "resultScore": f"{part * item['scoreMaximum']:.5f}",
            "resultMaximum": int(item["scoreMaximum"]),  # Moodle cuts off the decimals here
            "comment": score.get("comment", ""),
            "stamp": stamp,
        }
        return Answer(None)

    def _page(self, request: Request, items: list[Any]) -> Answer:
        start = int(request.query.get("from", "0"))
        answer = Answer(items[start : start + self.page_size])
        if start + self.page_size < len(items):
            # As Moodle writes it: typographic quotes, and an address escaped for HTML.
            following = f"{self.url}{request.path}?type_id=1&amp;from={start + self.page_size}"
            answer.headers["Link"] = f"<{self.url}{request.path}>; rel=“first”, <{following}>; rel=“next”"
        return answer
