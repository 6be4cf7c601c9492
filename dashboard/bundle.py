"""The stylesheet, the script and the fonts of the pages, at addresses with their digest."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import Response

from dashboard import theme

if TYPE_CHECKING:
    from fastapi import FastAPI

FOLDER = Path(__file__).parent
FONTS = FOLDER / "assets" / "fonts"
FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}

# In the order of the cascade: a page's own rules come after those it shares.
STYLES = (
    "assets/base.css",
    "pages/shell/*.css",
    "pages/common/*.css",
    "pages/*/*.css",
    "assets/print.css",
)
PICTURE = ("export/picture.css",)  # of panels drawn as pictures, also on slides
# The first two come first: the others use what they offer. Dash starts last.
SCRIPTS = ("assets/html.js", "assets/addresses.js", "assets/*.js", "assets/tail/*.js")
PLOTLY = f"/bundle/plotly-{version('plotly')}.js"
EMBEDDED = ("assets/sort.js", "assets/embedded/*.js")  # of a chart alone


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file that never changes at its address: another content has another address."""

    content: bytes
    suffix: str
    media_type: str

    @property
    def name(self) -> str:
        """The name, relative to the other files."""
        return f"{hashlib.sha256(self.content).hexdigest()[:16]}.{self.suffix}"

    @property
    def address(self) -> str:
        """The address, from the root of the dashboard."""
        return f"/bundle/{self.name}"


@cache
def fonts() -> dict[str, StaticFile]:
    """Return the fonts by the name that the stylesheet has for them."""
    return {
        f"fonts/{path.name}": StaticFile(path.read_bytes(), "woff2", "font/woff2")
        for path in sorted(FONTS.glob("*.woff2"))
    }


@cache
def style() -> StaticFile:
    """Return the tokens of the themes and every rule of the pages."""
    text = theme.css() + "\n" + join(STYLES) + f"\n.slide-figure {{\n{join(PICTURE)}\n}}\n"
    for name, font in fonts().items():
        text = text.replace(name, font.name)
    return StaticFile(text.encode(), "css", "text/css")


@cache
def script() -> StaticFile:
    """Return the scripts of the pages."""
    return StaticFile(join(SCRIPTS).encode(), "js", "text/javascript")


@cache
def head_script() -> StaticFile:
    """Return the script that the document waits for.

    It sets the theme, so that no page flashes in another, and fetches the other scripts when the
    page is drawn.
    """
    return StaticFile(join(("assets/head/*.js",)).encode(), "js", "text/javascript")


@cache
def embedded_script() -> StaticFile:
    """Return the script of a chart that stands alone."""
    return StaticFile(join(EMBEDDED).encode(), "js", "text/javascript")


def add_routes(server: FastAPI) -> None:
    """Serve the files, which the browser keeps forever."""
    for file in (style(), script(), head_script(), embedded_script(), *fonts().values()):
        _add_route(server, file)

    @server.get(PLOTLY, include_in_schema=False)
    def plotly() -> Response:
        from plotly.offline import get_plotlyjs  # noqa: PLC0415  # most servers are never asked

        return Response(get_plotlyjs(), media_type="text/javascript", headers=FOREVER)


def _add_route(server: FastAPI, file: StaticFile) -> None:
    @server.get(file.address, include_in_schema=False)
    def content() -> Response:
        return Response(file.content, media_type=file.media_type, headers=FOREVER)


def join(patterns: tuple[str, ...]) -> str:
    """Return the files of some patterns as one text, each file once."""
    paths = dict.fromkeys(path for pattern in patterns for path in sorted(FOLDER.glob(pattern)))
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)
