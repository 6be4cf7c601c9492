"""Meeting mode: all slides of a deck, or of one page, in one answer that needs no network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.presentation import present
from dashboard.registry import panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context


@panel("slides")
def slides(context: Context) -> Html:
    """Draw every slide; the script shows one at a time."""
    return context.panel(
        "meeting/slides.html",
        "slides",
        presentation=present(context, "/" + context.route.values["page"]),
        day=context.format.day(context.data.store.manifest.created.date()),
    )
