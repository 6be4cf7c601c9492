"""Brotli for everything that is served: quick for answers, strongest and only once for files."""

from __future__ import annotations

import hashlib
import logging
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http import HTTPStatus
from threading import Lock
from typing import TYPE_CHECKING

import brotli
from anyio import to_thread
from starlette.responses import Response
from starlette_compress import CompressMiddleware, add_compress_type

from warehouse.files import write_atomic

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from fastapi import FastAPI
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from warehouse.config import Config

LOG = logging.getLogger(__name__)
FILES = ("/_dash-component-suites/", "/assets/", "/bundle/", "/shapes/")
# Levels of Brotli: of files, of large ones, of what is kept until another is drawn, of answers that
# are made once. From 3 to 5 an answer is a tenth smaller and takes three times as long.
STRONGEST, STRONG, KEPT, QUICK = 11, 9, 5, 3
LARGE = 2_000_000  # bytes, from which the strongest takes many seconds and gains little
MOST_ADDRESSES, MOST_BYTES = 256, 16 << 20  # kept in memory
COMPRESSIBLE = ("javascript", "css", "svg", "json", "html")
BROTLI = {"Content-Encoding": "br", "Vary": "Accept-Encoding"}
CONDITIONS = (b"accept-encoding", b"if-none-match", b"if-modified-since")


def add_compression(server: FastAPI, config: Config) -> None:
    """Compress what the server sends."""
    add_compress_type("text/csv")
    server.add_middleware(CompressMiddleware, minimum_size=500, zstd=False, brotli_quality=QUICK)
    server.add_middleware(CompressedFiles, folder=config.cache / "static")


def takes_brotli(headers: Mapping[str, str]) -> bool:
    """Say whether the sender of a request reads Brotli."""
    return "br" in headers.get("accept-encoding", "").replace(" ", "").split(",")


class CompressedFiles:
    """Serves files with the strongest Brotli, from memory or else from `folder`.

    The first answer is compressed quickly, and the strongest compression is written behind it as
    `<sha256 of the file>.br`, so that nothing is compressed twice. Where the folder cannot be
    written it stays in memory. Only what the application answers with a file is kept, and the
    query of its address, which anybody may invent, makes no difference.
    """

    def __init__(self, app: ASGIApp, folder: Path) -> None:
        self._app = app
        self._responses: dict[str, Response] = {}  # by path, the oldest first
        self._copies = Copies(folder)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for a file; pass on any other."""
        if not _is_for_a_file(scope):
            await self._app(scope, receive, send)
            return
        response = self._responses.get(scope["path"]) or await self._respond(scope, receive)
        await response(scope, receive, send)

    async def _respond(self, scope: Scope, receive: Receive) -> Response:
        response = await _fetch(self._app, scope, receive)
        kind = response.headers.get("content-type", "")
        if response.status_code != HTTPStatus.OK or not any(k in kind for k in COMPRESSIBLE):
            return response
        content = bytes(response.body)
        copy = await to_thread.run_sync(self._copies.get, content)
        if copy is None:
            quick = partial(brotli.compress, content, quality=QUICK)
            return _encoded(response, await to_thread.run_sync(quick))
        answer = self._responses[scope["path"]] = _encoded(response, copy)
        while len(self._responses) > MOST_ADDRESSES:
            del self._responses[next(iter(self._responses))]
        return answer


class Copies:
    """Compressed copies by the digest of their content, in memory and in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._copies: dict[str, bytes] = {}  # the oldest first
        self._compressing: set[str] = set()
        self._lock = Lock()
        self._worker = ThreadPoolExecutor(1, "brotli")

    def get(self, content: bytes) -> bytes | None:
        """Return the strongest copy, or else make it beside the requests."""
        digest = hashlib.sha256(content).hexdigest()
        copy = self._copies.get(digest) or self._read(digest, content)
        with self._lock:
            if copy is None and digest not in self._compressing:
                self._compressing.add(digest)
                self._worker.submit(self._make, digest, content)
        return copy

    def _read(self, digest: str, content: bytes) -> bytes | None:
        """Read the copy in the folder, unless it is not one of this content any more."""
        try:
            copy = self._path(digest).read_bytes()
            if brotli.decompress(copy) == content:
                return self._keep(digest, copy)
        except (OSError, brotli.error):
            pass
        return None

    def _make(self, digest: str, content: bytes) -> None:
        level = STRONGEST if len(content) < LARGE else STRONG
        copy = self._keep(digest, brotli.compress(content, quality=level))
        try:
            write_atomic(self._path(digest), copy)
        except OSError as error:
            LOG.warning("compressed copies stay in memory only: %s", error)
        with self._lock:
            self._compressing.discard(digest)

    def _keep(self, digest: str, copy: bytes) -> bytes:
        with self._lock:
            self._copies[digest] = copy
            while sum(map(len, self._copies.values())) > MOST_BYTES:
                del self._copies[next(iter(self._copies))]
        return copy

    def _path(self, digest: str) -> Path:
        return self._folder / f"{digest}.br"


def _is_for_a_file(scope: Scope) -> bool:
    return (
        scope["type"] == "http"
        and scope["method"] == "GET"
        and scope["path"].startswith(FILES)
        and b"br" in dict(scope["headers"]).get(b"accept-encoding", b"")
    )


async def _fetch(app: ASGIApp, scope: Scope, receive: Receive) -> Response:
    """Return the complete, uncompressed answer of the application."""
    response = Response()
    parts: list[bytes] = []

    async def collect(message: Message) -> None:
        if message["type"] == "http.response.start":
            response.status_code = message["status"]
            response.raw_headers = list(message["headers"])
        else:
            parts.append(message.get("body", b""))

    headers = [header for header in scope["headers"] if header[0] not in CONDITIONS]
    await app({**scope, "headers": headers}, receive, collect)
    response.body = b"".join(parts)
    response.headers.setdefault("cache-control", "public, max-age=86400")
    return response


def _encoded(response: Response, body: bytes) -> Response:
    headers = dict(response.headers) | {"content-encoding": "br", "vary": "accept-encoding"}
    del headers["content-length"]
    return Response(body, response.status_code, headers)
