"""Brotli for everything that is served: quick for answers, strongest and only once for files."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

import brotli
from anyio import to_thread
from starlette.responses import Response
from starlette_compress import CompressMiddleware

from warehouse.files import write_atomic

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi import FastAPI
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from warehouse.config import Config

FILES = ("/_dash-component-suites/", "/assets/", "/bundle/", "/shapes/")
STRONGEST, STRONG, QUICK = 11, 9, 4  # levels of Brotli
LARGE = 2_000_000  # bytes, from which the strongest takes many seconds and gains little
MOST_IN_MEMORY = 256  # addresses: the query of a file is free, memory is not
COMPRESSIBLE = ("javascript", "css", "svg", "json", "html")
CONDITIONS = (b"accept-encoding", b"if-none-match", b"if-modified-since")


def add_compression(server: FastAPI, config: Config) -> None:
    """Compress what the server sends."""
    server.add_middleware(CompressMiddleware, minimum_size=500, zstd=False, brotli_quality=5)
    server.add_middleware(CompressedFiles, folder=config.cache / "static")


class CompressedFiles:
    """Serves files with the strongest Brotli, from memory or else from `folder`.

    The first answer is compressed quickly, and the strongest compression is written behind it as
    `<sha256 of the file>.br`, so that nothing is compressed twice.
    """

    def __init__(self, app: ASGIApp, folder: Path) -> None:
        self._app = app
        self._folder = folder
        self._responses: dict[str, Response] = {}
        self._worker = ThreadPoolExecutor(1, "brotli")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for a file; pass on any other."""
        if not _is_for_a_file(scope):
            await self._app(scope, receive, send)
            return
        address = f"{scope['path']}?{scope['query_string'].decode()}"
        response = self._responses.get(address) or await self._respond(scope, receive, address)
        await response(scope, receive, send)

    async def _respond(self, scope: Scope, receive: Receive, address: str) -> Response:
        response = await _fetch(self._app, scope, receive)
        if response.status_code != HTTPStatus.OK:
            return response
        if any(kind in response.headers.get("content-type", "") for kind in COMPRESSIBLE):
            content = bytes(response.body)
            path = self._folder / f"{hashlib.sha256(content).hexdigest()}.br"
            if not path.exists():
                self._worker.submit(_write, content, path)
                quick = partial(brotli.compress, content, quality=QUICK)
                return _encoded(response, await to_thread.run_sync(quick))
            response = _encoded(response, path.read_bytes())
        if len(self._responses) < MOST_IN_MEMORY:
            self._responses[address] = response
        return response


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


def _write(content: bytes, path: Path) -> None:
    level = STRONGEST if len(content) < LARGE else STRONG
    write_atomic(path, brotli.compress(content, quality=level))
