"""Site header: title, navigation, releases, language and theme; and the list that search offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.i18n import translations

if TYPE_CHECKING:
    from dashboard.context import Context
    from dashboard.release_data import ReleaseData

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


def search_options(data: ReleaseData, lang: str) -> list[dict[str, Any]]:
    """Return what can be searched, grouped: indicators, territories, projects of the plan."""
    text = translations(lang)
    loaded = {i.id for i in data.indicators}
    indicators = [
        {"value": f"/indicatori/{i.id}", "label": i.title.in_(lang)}
        for i in data.catalog.indicators.values()
        if i.id in loaded
    ]
    upper = data.catalog.by_level("metro", "zone")
    lower = [p for places in data.municipalities.values() for p in places]
    territories = [
        {"value": f"/territori/{t.territory}", "label": t.name}
        for t in [*upper, *sorted(lower, key=lambda t: t.name)]
    ]
    projects = [
        {"value": f"/progetti/{row['project']}", "label": row[f"title_{lang}"]}
        for row in data.rows("plan_projects")
    ]
    groups = (("indicators", indicators), ("territories", territories), ("projects", projects))
    return [{"group": text(f"search.{name}"), "items": items} for name, items in groups if items]
