"""Site header: title, navigation, releases, language and theme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.context import Context

NEXT_THEME = {"light": "dark", "dark": "contrast", "contrast": "light"}
SECTIONS = (
    ("territories", "/territori"),
    ("projects", "/progetti"),
    ("plan", "/piano"),
    ("actors", "/attori"),
    ("data", "/dati"),
)
PHONE_SECTIONS = (  # view, address, text
    ("overview", "/", "overview"),
    ("territories", "/territori", "territories"),
    ("projects", "/progetti", "projects"),
    ("plan", "/piano", "plan_short"),
    ("actors", "/attori", "actors"),
    ("data", "/dati", "data"),
    ("method", "/metodo", "method_short"),
)


@dataclass(frozen=True, slots=True)
class ReleaseLink:
    """A release in the menu; the address of the newest names no release."""

    name: str
    day: str
    address: str
    is_selected: bool


def site_header(context: Context) -> str:
    """Return the markup of header and navigation for a page."""
    current = context.data.store.manifest
    releases = [
        ReleaseLink(
            name=manifest.release,
            day=context.format.day(manifest.created.date()),
            address=context.href(release=manifest.release if position else None),
            is_selected=manifest.release == current.release,
        )
        for position, manifest in enumerate(context.data.releases())
    ]
    return context.render(
        "shell/header.html",
        nav=context.route.view.nav,
        day=context.format.day(current.created.date()),
        releases=releases,
        next_theme=NEXT_THEME[context.selection.theme],
        sections=SECTIONS,
        phone_sections=PHONE_SECTIONS,
    )
