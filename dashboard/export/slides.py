"""The slides of a page or a deck as files: PowerPoint, XLSX, one HTML file without a network."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard import bundle
from dashboard.context import TEMPLATES, Context, route
from dashboard.export.slides_xlsx import workbook
from dashboard.presentation import present
from dashboard.views import PRESENT

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.presentation import Presentation
    from dashboard.release_data import ReleaseData
    from dashboard.selection import Selection
    from warehouse.config import Config

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
SCRIPTS = tuple(
    f"assets/{name}.js"
    for name in ("head/storage", "keys_help", "meeting", "meeting_keys", "presenter")
)


def context_of(config: Config, data: ReleaseData, selection: Selection) -> Context:
    """Return the context of the room in which the page of a selection is shown."""
    path = PRESENT + selection.path
    return Context(config, data, replace(selection, path=path), route(data, path))


def as_pptx(context: Context, template: Path | None = None) -> bytes:
    """Return the slides of a page or a deck as a PowerPoint file."""
    from dashboard.export import slides_pptx  # noqa: PLC0415  # slow to import, rarely needed

    release = context.text("release.published", day=_day(context))
    foot = slides_pptx.Foot(release, context.text("slide.source"), context.text("demo.mark"))
    return slides_pptx.slides_file(presentation_of(context), foot, template)


def as_xlsx(context: Context) -> bytes:
    """Return the slides as a workbook, a sheet each."""
    return workbook(context, presentation_of(context))


def as_html(context: Context) -> str:
    """Return the slides as one HTML file: style, fonts and scripts are in it."""
    return TEMPLATES.get_template("meeting/standalone.html").render(
        lang=context.language,
        theme=context.selection.theme,
        title=presentation_of(context).title,
        style=_style(),
        script=bundle.join(SCRIPTS),
        slides=context.render(
            "meeting/slides.html", presentation=presentation_of(context), day=_day(context)
        ),
    )


def presentation_of(context: Context) -> Presentation:
    """Return the slides of the page that the context presents."""
    return present(context, "/" + context.route.values["page"])


def _day(context: Context) -> str:
    return context.format.day(context.data.store.manifest.created.date())


def _style() -> str:
    """Return the style sheet of the pages with the fonts in it."""
    text = bundle.style().content.decode()
    for font in bundle.fonts().values():
        content = b64encode(font.content).decode()
        name = font.address.rpartition("/")[2]
        text = text.replace(name, f"data:{font.media_type};base64,{content}")
    return text
