"""A chart of a page as a file of its own, SVG or PNG, with its words, source and release in it."""

from __future__ import annotations

import math
import re
from base64 import b64encode
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard import bundle, theme
from dashboard.pictures import WIDTH
from dashboard.registry import PICTURES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dashboard.context import Context
    from dashboard.pictures import Picture

OWN_STYLE = Path(__file__).with_name("picture.css")
EDGE = 40
TITLE, SUBTITLE, FOOT = 28, 17, 14  # sizes
LETTER = 0.48  # width of a letter, on average, of its size
SCALE = 2  # pixels of a PNG for one of the drawing, fewer for a very large one
MOST_PIXELS = 20_000_000  # of a PNG, which takes four bytes each while it is drawn
DRAWN = (  # properties of the pages' style that hold in a drawing too
    "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin",
    "font-size", "font-weight", "opacity", "text-anchor", "paint-order",
)  # fmt: skip
CLASSES = r"\.(?:gantt|spine|map|multiple|plot|lanes|spark|contribution|before-after|hatch-\w+)\b"
SELECTOR = re.compile(rf"^(?:svg)?{CLASSES}[^:+~>\[]*$")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
BLOCK = re.compile(r"@[^{]+\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
SIZE = re.compile(r'width="(\d+)" height="(\d+)"')
PROPERTY = re.compile(r"var\(--(\w+)\)")


def picture_of(context: Context, panel: str) -> Picture | None:
    """Return the chart of a panel of the page; None where it has no picture, or nothing to show."""
    if panel not in PICTURES or panel not in context.route.view.panels:
        return None
    return PICTURES[panel](context)


def as_svg(context: Context, picture: Picture) -> str:
    """Return the picture as SVG, with the fonts in it."""
    faces = "".join(
        f'@font-face{{font-family:"Titillium Web";font-weight:{weight};'
        f"src:url(data:font/woff2;base64,{content})}}"
        for weight, content in _fonts().items()
    )
    return _coloured(context, _document(context, picture, faces))


def drawing_png(picture: Picture) -> bytes:
    """Return what a slide shows of a picture as PNG, in the light theme, without its words."""
    drawing, width, height = picture.on_slide()
    document = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}"'
        f' viewBox="0 0 {width:.0f} {height:.0f}" font-family="{escape(theme.FONT)}"'
        f' font-size="14"><style>{_style()}</style>{drawing}</svg>'
    )
    return _raster(_in_colours(document, theme.LIGHT), SCALE)


def as_png(context: Context, picture: Picture) -> bytes:
    """Return the picture as PNG, at twice its size."""
    drawing = _coloured(context, _document(context, picture, ""))
    size = SIZE.search(drawing)
    pixels = int(size[1]) * int(size[2]) if size else 0
    most = math.sqrt(MOST_PIXELS / pixels) if pixels else SCALE
    return _raster(drawing, min(SCALE, most))


def _raster(drawing: str, zoom: float) -> bytes:
    import resvg_py  # noqa: PLC0415  # rarely needed

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=drawing,
            zoom=zoom,
            skip_system_fonts=True,
            font_family="Titillium Web",
            font_files=[str(path) for path in sorted(bundle.FONTS.glob("*.ttf"))],
        )
    )


def as_page(context: Context, panel: str, picture: Picture) -> str:
    """Return a page of the chart, if there is one, and its values, with the way to their page."""
    heads, rows = picture.table.written()
    return context.render(
        "shell/embedded.html",
        picture=picture,
        drawing=_document(context, picture, "") if picture.drawing else "",
        heads=heads,
        rows=rows,
        csv=context.values_file(panel, is_current=context.selection.release is None),
        address=context.same_selection(context.selection.path),
        style=context.link(bundle.style().address),
        script=context.link(bundle.embedded_script().address),
    )


def _coloured(context: Context, drawing: str) -> str:
    """Return a drawing with the colours of the theme, for readers without the style sheet."""
    return _in_colours(drawing, theme.tokens(context.selection.theme))


def _in_colours(drawing: str, tokens: Mapping[str, str]) -> str:
    return PROPERTY.sub(lambda match: tokens[match[1]], drawing)


def _document(context: Context, picture: Picture, faces: str) -> str:
    title = wrap(picture.title, TITLE, WIDTH)
    subtitle = wrap(picture.subtitle, SUBTITLE, WIDTH)
    foot = wrap(_foot(context, picture), FOOT, WIDTH)
    drawing, drawn_height = picture.as_drawing()
    top = EDGE + len(title) * TITLE * 1.2 + len(subtitle) * SUBTITLE * 1.3 + 24
    foot_top = top + drawn_height + 30
    height = round(foot_top + len(foot) * FOOT * 1.4 + 24)
    width = WIDTH + 2 * EDGE
    mark = _mark(context, width) if picture.demonstration else ""
    body = "".join(
        [
            f'<rect class="ground" width="{width}" height="{height}"/>',
            *_lines(title, EDGE, TITLE, 1.2, 'class="title" font-weight="600"'),
            *_lines(subtitle, EDGE + len(title) * TITLE * 1.2, SUBTITLE, 1.3, 'class="quiet-text"'),
            f'<g transform="translate({EDGE} {top:.0f})">{drawing}</g>',
            f'<path class="rule" d="M{EDGE} {foot_top - 14:.0f}H{width - EDGE}"/>',
            *_lines(foot, foot_top, FOOT, 1.4, 'class="quiet-text"'),
            mark,
        ]
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" role="img" lang="{context.language}"'
        f' font-family="{escape(theme.FONT)}" font-size="14">'
        f"<title>{escape(picture.title)}</title><desc>{escape(picture.subtitle)}</desc>"
        f"<style>{faces}{_style()}</style>{body}</svg>"
    )


def _lines(lines: list[str], top: float, size: int, space: float, kind: str) -> Iterator[str]:
    for position, line in enumerate(lines):
        y = top + size * (space * position + 1)
        yield f'<text {kind} x="{EDGE}" y="{y:.1f}" font-size="{size}">{escape(line)}</text>'


def _foot(context: Context, picture: Picture) -> str:
    day = context.format.day(context.data.store.manifest.created.date())
    count = picture.rows_drawn
    total = context.format.number(len(picture.table.rows), 0)
    rows = [context.text("picture.rows", n=count, total=total)] if count else []
    return " · ".join(
        (
            *([picture.key] if picture.key else []),
            *rows,
            context.text("source.line", sources=picture.source),
            context.text("release.published", day=day),
            context.text("app.title"),
            context.href(release=context.data.store.release, theme="system"),
        )
    )


def _mark(context: Context, width: int) -> str:
    text = context.text("demo.mark")
    wide = round(len(text) * 15 * LETTER) + 20
    return (
        f'<rect class="demo-ground" x="{width - EDGE - wide}" y="10" width="{wide}" height="24"/>'
        f'<text class="demo-text" x="{width - EDGE - wide / 2}" y="27" text-anchor="middle"'
        f' font-size="15" font-weight="600">{escape(text)}</text>'
    )


def wrap(text: str, size: int, width: float) -> list[str]:
    """Break a text into lines that fit a width, between words."""
    most = int(width / (size * LETTER))
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > most:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip(" ")
    return lines


@cache
def _fonts() -> dict[int, str]:
    return {
        int(path.stem): b64encode(path.with_suffix(".woff2").read_bytes()).decode()
        for path in sorted(bundle.FONTS.glob("*.ttf"))
    }


@cache
def _style() -> str:
    """Return the rules of the pages' style sheet that a drawing needs, and its own."""
    rules = [re.sub(r"\s+", " ", OWN_STYLE.read_text(encoding="utf-8"))]
    text = BLOCK.sub("", bundle.join(bundle.STYLES))
    for selectors, body in RULE.findall(re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)):
        names = [s.strip() for s in selectors.split(",") if SELECTOR.match(s.strip())]
        pairs = [pair.split(":", 1) for pair in body.split(";") if ":" in pair]
        properties = [f"{k.strip()}:{v.strip()}" for k, v in pairs if k.strip() in DRAWN]
        if names and properties:
            rules.append(f"{','.join(names)}{{{';'.join(properties)}}}")
    return "".join(rules)
