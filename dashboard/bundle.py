"""The stylesheet and the script of the pages, each one file at an address with its digest."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import Response

from dashboard import theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import FastAPI

FOLDER = Path(__file__).parent
FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}

# In the order of the cascade: a page's own rules come after those it shares.
STYLES = ("assets/base.css", "pages/shell/*.css", "pages/common/*.css", "pages/*/*.css")
# The component that shows markup comes first: the others use what it offers.
SCRIPTS = ("assets/html.js", "assets/*.js")


@cache
def style() -> str:
    """Return the tokens of the themes and every rule of the pages."""
    return theme.css() + "\n" + _joined(STYLES)


@cache
def script() -> str:
    """Return the scripts of the pages."""
    return _joined(SCRIPTS)


def addresses() -> dict[str, str]:
    """Return the addresses of the stylesheet and the script; another content has another."""
    return {"style": f"/{_name(style(), 'css')}", "script": f"/{_name(script(), 'js')}"}


def add_routes(server: FastAPI) -> None:
    """Serve the stylesheet and the script, which the browser keeps forever."""
    _serve(server, addresses()["style"], style(), "text/css")
    _serve(server, addresses()["script"], script(), "text/javascript")


def _serve(server: FastAPI, address: str, text: str, kind: str) -> None:
    @server.get(address, include_in_schema=False)
    def answer() -> Response:
        return Response(text, media_type=kind, headers=FOREVER)


def _name(text: str, suffix: str) -> str:
    return f"bundle/{hashlib.sha256(text.encode()).hexdigest()[:16]}.{suffix}"


def _joined(patterns: tuple[str, ...]) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in dict.fromkeys(_files(patterns)))


def _files(patterns: tuple[str, ...]) -> Iterator[Path]:
    for pattern in patterns:
        yield from sorted(FOLDER.glob(pattern))
