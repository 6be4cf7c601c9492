"""Answers that are sent only where the reader does not have them: ETag, 304, HEAD."""

from __future__ import annotations

import hashlib
import re
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from anyio import to_thread
from starlette.datastructures import MutableHeaders

from dashboard.server.asgi import header, with_headers

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping
    from typing import Any

    from dashboard.server.asgi import Application, Receive, Scope, Send

BY_RELEASE = "/api/"  # what is below depends on the address and the release alone
NOT_KEPT = ("/_dash-layout", "/health/", "/metrics")
BODILESS = ("content-length", "content-type", "content-encoding", "content-disposition")
WEIGHT = re.compile(r";\s*q=0(\.0*)?\s*$")
TAG = re.compile(r'(?:W/)?"[^"]*"|\*')


class Conditional:
    """Answers 304 where the reader's copy is still right, and HEAD like GET without the body.

    `version` names the release that answers now and changes with the code: with it an answer of
    the API is known by its address before it is made. Any other answer is known by its bytes.
    """

    def __init__(self, app: Application, version: Callable[[], str]) -> None:
        self._app = app
        self._version = version

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from the reader's copy or pass the request on."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            await self._app(scope, receive, send)
            return
        encodings = _accepted(header(scope, b"accept-encoding"))
        inner = {
            **scope,
            "method": "GET",
            "headers": with_headers(scope, accept_encoding=encodings, if_none_match=None),
        }
        tag = await self._tag(scope, encodings)
        if tag and _matches(scope, tag):
            await _send(send, HTTPStatus.NOT_MODIFIED, MutableHeaders({"ETag": tag}), b"")
            return
        status, headers, body = await _collect(self._app, inner, receive)
        if tag and tag != await self._tag(scope, encodings):
            tag = ""  # published meanwhile: nobody knows which of the two this is
        await _answer(scope, send, (status, headers, body), tag)

    async def _tag(self, scope: Scope, encodings: str) -> str:
        if not scope["path"].startswith(BY_RELEASE):
            return ""
        version = await to_thread.run_sync(self._version)
        if not version:
            return ""
        site = f"{scope.get('scheme')}://{header(scope, b'host')}"  # feeds name it
        address = f"{site}{scope['path']}?{scope['query_string'].decode('latin-1')}"
        return _digest(f"{version} {address} {encodings}".encode("utf-8", "replace"))


async def _answer(
    scope: Scope, send: Send, answer: tuple[int, MutableHeaders, bytes], tag: str
) -> None:
    status, headers, body = answer
    if status == HTTPStatus.OK:
        if scope["path"].startswith(NOT_KEPT):
            headers["Cache-Control"] = "no-store"
        else:
            tag = tag or ("" if scope["path"].startswith(BY_RELEASE) else _digest(body))
            headers.setdefault("Cache-Control", "no-cache")
            if tag:
                headers["ETag"] = tag
            if _is_known(scope, tag, headers):
                status, body = HTTPStatus.NOT_MODIFIED, b""
                for name in BODILESS:
                    del headers[name]
    await _send(send, status, headers, b"" if scope["method"] == "HEAD" else body)


async def _collect(
    app: Application, scope: Scope, receive: Receive
) -> tuple[int, MutableHeaders, bytes]:
    """Return status, headers and the complete body of an answer."""
    start: MutableMapping[str, Any] = {}
    parts: list[bytes] = []

    async def collect(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        else:
            parts.append(message.get("body", b""))

    await app(scope, receive, collect)
    return start["status"], MutableHeaders(raw=list(start["headers"])), b"".join(parts)


async def _send(send: Send, status: int, headers: MutableHeaders, body: bytes) -> None:
    await send({"type": "http.response.start", "status": int(status), "headers": headers.raw})
    await send({"type": "http.response.body", "body": body})


def _digest(content: bytes) -> str:
    return f'"{hashlib.sha256(content).hexdigest()[:24]}"'


def _is_known(scope: Scope, tag: str, headers: MutableHeaders) -> bool:
    """Say whether the reader has this answer; its tag decides, then the day it was made."""
    if header(scope, b"if-none-match"):
        return bool(tag) and _matches(scope, tag)
    try:
        since = parsedate_to_datetime(header(scope, b"if-modified-since"))
        return (
            parsedate_to_datetime(headers.get("last-modified", "")) == since
        )  # a roll-back is older
    except (TypeError, ValueError):
        return False


def _matches(scope: Scope, tag: str) -> bool:
    tags = TAG.findall(header(scope, b"if-none-match"))
    return tag in {t.removeprefix("W/") for t in tags} or "*" in tags


def _accepted(encodings: str) -> str:
    """Return the encodings of a request without those that it refuses (`br;q=0`)."""
    kept = [e.strip().lower() for e in encodings.split(",") if not WEIGHT.search(e)]
    return ", ".join(e for e in kept if e)
