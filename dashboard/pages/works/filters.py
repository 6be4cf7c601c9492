"""Which funded works a page shows: chosen by place, area, state, source and words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.pages.common.filters import Menu, area_menu, territory_menu

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from dashboard.context import Context
    from dashboard.release_data import ReleaseData
    from dashboard.selection import Selection

STATES = ("running", "settled", "concluded", "not_started", "suspended", "revoked", "unknown")
NO_AREA = "none"


def place_of(context: Context) -> str | None:
    """Return the chosen territory: a click on the map adds the municipality to its zone."""
    return context.highlighted[-1] if context.highlighted else None


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


def rows(context: Context, query: str, **more: str | None) -> list[dict[str, Any]]:
    """Return rows of a query about the chosen works; those of a free text are not kept."""
    given = {**wanted(context.selection), **more}
    if not context.selection.text:
        return context.data.rows(query, **given)
    return context.data.store.rows(query, **given)


def menus(context: Context) -> list[Menu]:
    """Return the menus: area (also none), territory, state, source of the data."""
    area = area_menu(context)
    none = (
        context.text("works.no_area"),
        context.href(area=NO_AREA),
        context.selection.area == NO_AREA,
    )
    now = context.text("works.no_area") if none[2] else area.now
    datasets = dict.fromkeys(
        n for r in context.data.rows("funded_datasets") for n in [r["dataset"]]
    )
    return [
        Menu(area.name, area.label, now, (*area.options, none)),
        _territories(context),
        _menu(context, "state", [(s, context.text(f"works.state_{s}")) for s in STATES]),
        _menu(
            context,
            "source",
            [(n, context.translate(context.catalog.datasets[n].title)) for n in datasets],
        ),
    ]


def _territories(context: Context) -> Menu:
    """Return the menu of zones; a municipality that is chosen is named too."""
    menu = territory_menu(context)
    chosen = place_of(context)
    if chosen is None or len(context.highlighted) == 1:
        return menu
    name = context.catalog.territories[chosen].name
    return Menu(menu.name, menu.label, name, menu.options)


def _menu(context: Context, name: str, options: Iterable[tuple[str, str]]) -> Menu:
    chosen = getattr(context.selection, name)
    listed = [(text, context.href(**{name: value}), value == chosen) for value, text in options]
    every = (context.text("projects.every"), context.href(**{name: None}), not chosen)
    now = next((text for text, _, current in listed if current), "")
    return Menu(name, context.text(f"works.{name}"), now, (every, *listed))
