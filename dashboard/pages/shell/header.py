"""What stands around every page: header, navigation, releases, language, theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.i18n import translations

if TYPE_CHECKING:
    from dashboard.context import Context
    from dashboard.release_data import ReleaseData

NEXT_THEME = {"light": "dark", "dark": "contrast", "contrast": "light"}


def chrome(context: Context) -> str:
    """Return the markup of header and navigation for a page."""
    shown = context.data.store.manifest
    releases = [
        {
            "id": manifest.release,
            "day": context.format.day(manifest.created.date()),
            "current": position == 0,
            "shown": manifest.release == shown.release,
        }
        for position, manifest in enumerate(context.data.releases())
    ]
    return context.render(
        "shell/header.html",
        nav=context.route.view.nav,
        released=context.format.day(shown.created.date()),
        releases=releases,
        next_theme=NEXT_THEME[context.selection.theme],
    )


def search_options(facts: ReleaseData, lang: str) -> list[dict[str, Any]]:
    """Return what can be searched, grouped: indicators, territories, projects of the plan."""
    text = translations(lang)
    loaded = {i.id for i in facts.indicators}
    indicators = [
        {"value": f"/indicatori/{i.id}", "label": i.title.in_(lang)}
        for i in facts.catalog.indicators.values()
        if i.id in loaded
    ]
    upper = facts.catalog.by_level("metro", "zone")
    lower = [p for places in facts.municipalities.values() for p in places]
    territories = [
        {"value": f"/territori/{t.territory}", "label": t.name}
        for t in [*upper, *sorted(lower, key=lambda t: t.name)]
    ]
    projects = [
        {"value": f"/progetti/{row['project']}", "label": row[f"title_{lang}"]}
        for row in facts.rows("plan_projects")
    ]
    groups = (("indicators", indicators), ("territories", territories), ("projects", projects))
    return [{"group": text(f"search.{name}"), "items": items} for name, items in groups if items]
