"""The house template of PowerPoint files: theme, master and one layout, and checks of another's."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import pptx as powerpoint
from lxml.etree import XMLSyntaxError
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR
from pptx.exc import PackageNotFoundError
from pptx.util import Emu

from dashboard.theme import LIGHT
from warehouse.errors import CruscottoError
from warehouse.messages import message

if TYPE_CHECKING:
    from pathlib import Path

    from pptx.presentation import Presentation as Document
    from pptx.shapes.base import BaseShape
    from pptx.slide import SlideLayout

WIDTH, HEIGHT = Emu(12_192_000), Emu(6_858_000)  # 16:9, 13.33 by 7.5 inches
EDGE = Emu(533_400)
FOOT_TOP, FOOT_HEIGHT, CORNER = Emu(6_370_000), Emu(330_000), Emu(900_000)
LAYOUTS = ("Title Only", "Solo titolo")  # by name, in a template in English or Italian
FONT = "Titillium Web"
THEME = "ppt/theme/theme1.xml"
SCHEME = {  # names of the theme and tokens of the design
    "dk1": "ink", "lt1": "card", "dk2": "head", "lt2": "bg", "accent1": "pri", "accent2": "good",
    "accent3": "steady", "accent4": "att", "accent5": "ctx", "accent6": "hl", "hlink": "pri",
    "folHlink": "pria",
}  # fmt: skip
PLACES = {  # left, top, width, height
    PP_PLACEHOLDER.TITLE: (EDGE, Emu(380_000), Emu(WIDTH - 2 * EDGE), Emu(1_000_000)),
    PP_PLACEHOLDER.FOOTER: (EDGE, FOOT_TOP, Emu(WIDTH - 2 * EDGE - CORNER), FOOT_HEIGHT),
    PP_PLACEHOLDER.SLIDE_NUMBER: (Emu(WIDTH - EDGE - CORNER), FOOT_TOP, CORNER, FOOT_HEIGHT),
}


def open_template(template: Path | None) -> tuple[Document, SlideLayout]:
    """Return an empty document and its layout for slides: of the house, or of the office's file.

    Raises `CruscottoError` for a file that is not a template, or has no layout with only a title.
    """
    if template is None:
        document = _house()
        return document, next(layout for layout in document.slide_layouts)
    try:
        document = powerpoint.Presentation(str(template))
        layouts = list(document.slide_layouts)
    except (PackageNotFoundError, BadZipFile, XMLSyntaxError, KeyError, ValueError):
        raise CruscottoError(message("template_file", file=str(template))) from None
    for layout in layouts:
        if layout.name in LAYOUTS and _title(layout):
            return _without_slides(document), layout
    names = ", ".join(layout.name for layout in layouts)
    raise CruscottoError(
        message("template_layout", file=str(template), layout=LAYOUTS[0], names=names)
    )


def _title(layout: SlideLayout) -> BaseShape | None:
    titles = (p for p in layout.placeholders if p.placeholder_format.type == PP_PLACEHOLDER.TITLE)
    return next(titles, None)


def _without_slides(document: Document) -> Document:
    """Take the sample slides of a template out, and the sections that name them."""
    slides = document.slides.element  # the list of slides in the file
    for item in list(slides):
        document.part.drop_rel(item.rId)
        slides.remove(item)
    for sections in document.element.xpath("//*[local-name() = 'sectionLst']"):
        extension = sections.getparent()
        extension.getparent().remove(extension)
    return document


def _house() -> Document:
    document = powerpoint.Presentation(BytesIO(_themed()))
    document.slide_width, document.slide_height = WIDTH, HEIGHT
    for layout in list(document.slide_layouts):
        if layout.name != LAYOUTS[0]:
            document.slide_layouts.remove(layout)
    (layout,) = document.slide_layouts
    for holder in (document.slide_master, layout):
        for shape in list(holder.placeholders):
            _arrange(shape)
    return document


def _arrange(shape: BaseShape) -> None:
    """Give a placeholder its place; those that slides do not have are taken out."""
    kind = shape.placeholder_format.type
    if kind in PLACES:
        shape.left, shape.top, shape.width, shape.height = PLACES[kind]
        frame = shape.text_frame
        frame.margin_left = frame.margin_right = Emu(0)
        if kind == PP_PLACEHOLDER.TITLE:
            frame.vertical_anchor = MSO_ANCHOR.TOP
    else:
        shape.element.getparent().remove(shape.element)


def _themed() -> bytes:
    """Return an empty file of PowerPoint with the colours and fonts of the design."""
    plain, themed = BytesIO(), BytesIO()
    powerpoint.Presentation().save(plain)
    with ZipFile(plain) as source, ZipFile(themed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == THEME:
                content = _theme(content.decode()).encode()
            target.writestr(name, content)
    return themed.getvalue()


def _theme(text: str) -> str:
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{LIGHT[token].removeprefix("#")}"/></a:{name}>'
        for name, token in SCHEME.items()
    )
    scheme = f'<a:clrScheme name="Cruscotto metropolitano">{colours}</a:clrScheme>'
    text = re.sub(r"<a:clrScheme.*?</a:clrScheme>", scheme, text, flags=re.DOTALL)
    text = text.replace('name="Office Theme"', 'name="Cruscotto metropolitano"')
    return text.replace('<a:latin typeface="Calibri"/>', f'<a:latin typeface="{FONT}"/>')
