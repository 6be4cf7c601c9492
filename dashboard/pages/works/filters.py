"""Which funded works a page shows: chosen by place, area, state, source and words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.pages.common.filters import Menu, area_menu, territory_menu

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from dashboard.context import Page
    from dashboard.release_data import ReleaseData
    from dashboard.selection import Selection

STATES = ("running", "settled", "concluded", "not_started", "suspended", "revoked", "unknown")
NO_AREA = "none"


def place_of(page: Page) -> str | None:
    """Return the chosen territory: a click on the map adds the municipality to its zone."""
    return page.highlighted[-1] if page.highlighted else None


def wanted(selection: Selection) -> dict[str, str | None]:
    """Return what a selection says of funded works, but for their place."""
    return {
        "area": selection.area,
        "state": selection.state,
        "dataset": selection.source,
        "text": selection.text,
    }


def frame(facts: ReleaseData, selection: Selection, territory: str | None) -> pd.DataFrame:
    """Return the chosen works, largest first."""
    return facts.store.frame("funded_works", territory=territory, **wanted(selection))


def rows(page: Page, query: str, **more: str | None) -> list[dict[str, Any]]:
    """Return rows of a query about the chosen works; those of a free text are not kept."""
    given = {**wanted(page.selection), **more}
    if not page.selection.text:
        return page.facts.rows(query, **given)
    return page.facts.store.rows(query, **given)


def menus(page: Page) -> list[Menu]:
    """Return the menus: area (also none), territory, state, source of the data."""
    area = area_menu(page)
    none = (page.words("works.no_area"), page.href(area=NO_AREA), page.selection.area == NO_AREA)
    now = page.words("works.no_area") if none[2] else area.now
    datasets = dict.fromkeys(n for r in page.facts.rows("funded_datasets") for n in [r["dataset"]])
    return [
        Menu(area.name, area.label, now, (*area.options, none)),
        _territories(page),
        _menu(page, "state", [(s, page.words(f"works.state_{s}")) for s in STATES]),
        _menu(page, "source", [(n, page.say(page.catalog.datasets[n].title)) for n in datasets]),
    ]


def _territories(page: Page) -> Menu:
    """Return the menu of zones; a municipality that is chosen is named too."""
    menu = territory_menu(page)
    chosen = place_of(page)
    if chosen is None or len(page.highlighted) == 1:
        return menu
    name = page.catalog.territories[chosen].name
    return Menu(menu.name, menu.label, name, menu.options)


def _menu(page: Page, name: str, options: Iterable[tuple[str, str]]) -> Menu:
    chosen = getattr(page.selection, name)
    listed = [(text, page.href(**{name: value}), value == chosen) for value, text in options]
    every = (page.words("projects.every"), page.href(**{name: None}), not chosen)
    now = next((text for text, _, current in listed if current), "")
    return Menu(name, page.words(f"works.{name}"), now, (every, *listed))
