"""The foot of every page: accessibility, problems, method, glossary."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from dashboard.components.html import Html
from dashboard.registry import panel

if TYPE_CHECKING:
    from dashboard.context import Context


@panel("foot")
def foot(context: Context) -> Html:
    """Link what a public site must offer on each page; a report names the page it is about."""
    contact, key = context.config.contact, f"looking.{context.route.view.name}"
    subject = quote(context.text("foot.subject", address=context.href()))
    markup = context.render(
        "shell/foot.html",
        feedback=f"mailto:{contact}?subject={subject}" if contact else "",
        about=context.text(key) if key in context.text else "",
    )
    return Html(markup, id="panel-foot", className="site-links", tag="footer")
