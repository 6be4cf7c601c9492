"""A local provider, over real sockets, that misbehaves on request."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Behaviour = Callable[[BaseHTTPRequestHandler], None]

HALF = 0.5


@dataclass(frozen=True)
class Request:
    """A received request."""

    target: str  # with the host, in a request to a proxy
    headers: Mapping[str, str]
    moment: float

    @property
    def query(self) -> dict[str, str]:
        return {k: v[0] for k, v in parse_qs(urlsplit(self.target).query).items()}


@dataclass
class Provider:
    """`behaviours` by path, in the order of the requests; the last one is repeated."""

    address: str
    behaviours: dict[str, list[Behaviour]] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)

    def does(self, path: str, *behaviours: Behaviour) -> str:
        """Set how requests for `path` are answered; return its full address."""
        self.behaviours[path] = list(behaviours)
        return self.address + path

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        self.requests.append(Request(request.path, dict(request.headers.items()), time.monotonic()))
        behaviours = self.behaviours.get(urlsplit(request.path).path, [says(404)])
        (behaviours.pop(0) if len(behaviours) > 1 else behaviours[0])(request)


@contextmanager
def provider() -> Iterator[Provider]:
    """Run a provider on a free port of 127.0.0.1."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.close_connection = True
            result.answer(self)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        result = Provider(f"http://127.0.0.1:{server.server_port}")
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield result
        finally:
            server.shutdown()
            thread.join()


def says(code: int, body: bytes = b"", **headers: str) -> Behaviour:
    """Answer with a status and a body; `Retry_After="1"` is a header."""

    def behave(request: BaseHTTPRequestHandler) -> None:
        _begin(request, code, len(body), {k.replace("_", "-"): v for k, v in headers.items()})
        request.wfile.write(body)

    return behave


def gives(
    body: bytes, kind: str = "text/csv", etag: str = "", *, ranges: bool = True, **headers: str
) -> Behaviour:
    """Answer as a good server does: conditions, and ranges of the requested version."""

    def behave(request: BaseHTTPRequestHandler) -> None:
        answer_headers = {"Content-Type": kind, **({"ETag": etag} if etag else {})}
        answer_headers |= {k.replace("_", "-"): v for k, v in headers.items()}
        if etag and request.headers.get("If-None-Match") == etag:
            _begin(request, 304, 0, answer_headers)
            return
        wanted = request.headers.get("Range", "")
        if ranges and wanted and request.headers.get("If-Range") == etag:
            first = int(wanted.removeprefix("bytes=").removesuffix("-"))
            answer_headers["Content-Range"] = f"bytes {first}-{len(body) - 1}/{len(body)}"
            _begin(request, 206, len(body) - first, answer_headers)
            request.wfile.write(body[first:])
            return
        _begin(request, 200, len(body), answer_headers)
        request.wfile.write(body)

    return behave


def breaks_off(body: bytes, etag: str = "", share: float = HALF) -> Behaviour:
    """Promise the whole body and close the connection after a share of it."""

    def behave(request: BaseHTTPRequestHandler) -> None:
        _begin(request, 200, len(body), {"Content-Type": "text/csv", "ETag": etag})
        request.wfile.write(body[: int(len(body) * share)])

    return behave


def continues_another(body: bytes, etag: str, *, first: int) -> Behaviour:
    """Send the rest of another version, as if it were the requested one."""

    def behave(request: BaseHTTPRequestHandler) -> None:
        answer_headers = {
            "Content-Range": f"bytes {first}-{len(body) - 1}/{len(body)}",
            "ETag": etag,
        }
        _begin(request, 206, len(body) - first, answer_headers)
        request.wfile.write(body[first:])

    return behave


def waits(seconds: float) -> Behaviour:
    """Accept the request and send nothing for a while."""
    return lambda _request: time.sleep(seconds)


def _begin(
    request: BaseHTTPRequestHandler, code: int, length: int, headers: Mapping[str, str]
) -> None:
    request.send_response(code)
    for name, value in headers.items():
        request.send_header(name, value)
    request.send_header("Content-Length", str(length))
    request.send_header("Connection", "close")
    request.end_headers()
