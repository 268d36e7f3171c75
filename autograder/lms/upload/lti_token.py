"""Access tokens of LTI 1.3: client credentials with a signed assertion (RFC 7523, RS256)."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass

import jwt

from ...errors import ConfigError
from ...i18n import Text
from .client import Client
from .errors import Denied, Refused, UploadError
from .secret import Secret

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_LIFETIME = 300  # seconds that an assertion is good for
_MARGIN = 60  # seconds before its end at which a token is replaced


@dataclass(frozen=True)
class Registration:
    """What the platform gave out when the tool was registered; nothing of it is secret.

    Attributes
    ----------
    audience
        For whom the assertion is; the token address unless the platform wants another.
    key_id
        Under which the platform finds our public key.
    """

    client_id: str
    token_url: str
    key_id: str | None = None
    audience: str | None = None


class TokenSource:
    """Gets a token, keeps it until shortly before its end, and gets the next."""

    def __init__(self, client: Client, registration: Registration, key: Secret, scopes: tuple[str, ...]) -> None:
        self._client = client
        self._registration = registration
        self._key = key
        self._scopes = scopes
        self._token: Secret | None = None
        self._until = 0.0

    def header(self) -> dict[str, str]:
        """The header that proves who we are."""
        if self._token is None or time.monotonic() >= self._until:
            self._renew()
        assert self._token is not None
        return {"Authorization": f"Bearer {self._token.reveal()}"}

    def forget(self) -> None:
        """Drop the token: the platform has just refused it."""
        self._token = None

    def _renew(self) -> None:
        assertion = self._assertion()
        self._client.keep_secret(Secret(assertion))
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": assertion,
            "scope": " ".join(self._scopes),
        }
        try:
            response = self._client.request("POST", self._registration.token_url, form=form, authorised=False)
        except Refused as error:
            raise Denied(_REFUSED.format(said=error.text.en)) from None
        answer = self._client.json(response)
        if not isinstance(answer, dict) or not isinstance(answer.get("access_token"), str):
            raise UploadError(_NO_TOKEN)
        self._token = Secret(answer["access_token"])
        self._client.keep_secret(self._token)
        try:
            lifetime = float(answer.get("expires_in", 3600))
        except (TypeError, ValueError):
            lifetime = 3600.0
        self._until = time.monotonic() + max(1.0, lifetime - _MARGIN)

    def _assertion(self) -> str:
        now = int(time.time())
        who = self._registration
        claims = {
            "iss": who.client_id,
            "sub": who.client_id,
            "aud": who.audience or who.token_url,
            "iat": now - 5,  # a platform whose clock is a little behind must not find it in the future
            "exp": now + _LIFETIME,
            "jti": secrets.token_urlsafe(24),
        }
        headers = {"kid": who.key_id} if who.key_id else None
        try:
            return jwt.encode(claims, self._key.reveal(), algorithm="RS256", headers=headers)
        except Exception:  # whatever the library says of a key may quote it
            raise ConfigError(_BAD_KEY) from None


_REFUSED = Text(
    "The platform gives out no token. Check client id, key id and the public key it knows. {said}",
    "プラットフォームからトークンを取得できません。クライアント ID、鍵 ID、登録済みの公開鍵を確かめてください。{said}",
)
_NO_TOKEN = Text(
    "The platform's token address answered without a token.", "トークンのアドレスの応答にトークンがありません。"
)
_BAD_KEY = Text(
    "The private key is not an RSA key in PEM form, without a passphrase.",
    "秘密鍵が、パスフレーズなしの PEM 形式の RSA 鍵ではありません。",
)
