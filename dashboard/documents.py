"""The documents of the site: every page, drawn in the HTML that the server sends."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from dashboard import bundle
from dashboard.context import TEMPLATES
from dashboard.frame import frame
from dashboard.markup import markup

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.rendered_page import RenderedPage
    from dashboard.selection import Selection

TITLE = re.compile(r'data-title="([^"]*)"')

WEIGHTS = (400, 600)  # of the letters of every page, fetched beside the stylesheet that names them

# Places in the document around the pages, filled for each page; no text of a page has them.
LANGUAGE, THEME, PAGE_TITLE, PAGE = "@@language@@", "@@theme@@", "@@title@@", "@@page@@"


def shell(parts: Mapping[str, str], prefix: str) -> str:
    """Return the document around every page; `parts` are what Dash puts into it."""
    places = {"language": LANGUAGE, "theme": THEME, "title": PAGE_TITLE, "page": PAGE}
    files = {
        "fonts": [bundle.fonts()[f"fonts/{weight}.woff2"].address for weight in WEIGHTS],
        "style": bundle.style().address,
        "script": bundle.script().address,
        "head_script": bundle.head_script().address,
    }
    template = TEMPLATES.get_template("shell/index.html")
    return template.render({**parts, **files, **places, "prefix": prefix})


def document(around: str, page: RenderedPage, selection: Selection) -> str:
    """Return the document of a page."""
    content = markup(frame(page))
    title = TITLE.search(content)
    for place, text in (
        (LANGUAGE, escape(selection.lang)),
        (THEME, escape(selection.theme)),
        (PAGE_TITLE, title[1] if title else ""),
        (PAGE, content),
    ):
        around = around.replace(place, text, 1)
    return around
