"""Filters of the funded works: place, area, state, source, text and columns, all in the address."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from dashboard.pages.common.filters import Menu, area_menu, territory_menu

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dashboard.context import Context
    from dashboard.selection import Selection

STATES = ("running", "settled", "concluded", "not_started", "suspended", "revoked", "unknown")
NO_AREA = "none"
COLUMN_TEXTS = ("body", "place", "measure")
COLUMN_NUMBERS = ("funding", "paid", "share")  # each with a lowest and a highest value
BOUNDS = tuple(f"{column}_{end}" for column in COLUMN_NUMBERS for end in ("from", "to"))
FIELDS = ("text", *COLUMN_TEXTS, *BOUNDS)  # fields of the form; the menus are links


def territory_of(context: Context) -> str | None:
    """Return the selected territory: a click on the map adds the municipality to its zone."""
    return context.highlighted[-1] if context.highlighted else None


def parameters(selection: Selection) -> dict[str, Any]:
    """Return the parameters of the queries about selected works, without their territory."""
    return {
        "area": selection.area,
        "state": selection.state,
        "dataset": selection.source,
        "text": selection.text,
        **{name: getattr(selection, name) for name in COLUMN_TEXTS},
        **{name: _number(getattr(selection, name)) for name in BOUNDS},
    }


def rows(context: Context, query: str, **more: object) -> list[dict[str, Any]]:
    """Return rows of a query about the selected works."""
    return context.data.rows(query, **parameters(context.selection), **more)


def form_values(selection: Selection) -> Mapping[str, str]:
    """Return what the fields of the form hold; a bound that is not a number is empty."""
    values = {name: getattr(selection, name) or "" for name in FIELDS}
    ignored = {name for name in BOUNDS if _number(values[name]) is None}
    return {name: "" if name in ignored else value for name, value in values.items()}


def hidden_values(context: Context) -> list[tuple[str, str]]:
    """Return what the form keeps of the address beside its own fields."""
    selection = context.selection
    names = ("release", "area", "state", "source", "level", "sort")
    values = [(name, getattr(selection, name)) for name in names if getattr(selection, name)]
    if selection.territory:
        values.append(("territory", ",".join(selection.territory)))
    if context.language != context.config.language:
        values.append(("lang", context.language))
    if selection.theme != "system":
        values.append(("theme", selection.theme))
    return values


def menus(context: Context) -> list[Menu]:
    """Return the menus: area (also none), territory, state, source of the data."""
    datasets = [row["dataset"] for row in context.data.rows("funded_datasets")]
    titles = [(name, context.translate(context.catalog.datasets[name].title)) for name in datasets]
    states = [(state, context.text(f"works.state_{state}")) for state in STATES]
    return [
        _areas(context),
        _territories(context),
        _menu(context, "state", states),
        _menu(context, "source", titles),
    ]


def _number(text: str | None) -> float | None:
    """Return a number written with a decimal point or comma, None for anything else."""
    try:
        number = float((text or "").strip().replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _areas(context: Context) -> Menu:
    """Return the menu of policy areas, and one choice for works without an area."""
    menu = area_menu(context)
    label = context.text("works.no_area")
    is_current = context.selection.area == NO_AREA
    option = (label, context.href(area=NO_AREA), is_current)
    return Menu(menu.name, menu.label, label if is_current else menu.now, (*menu.options, option))


def _territories(context: Context) -> Menu:
    """Return the menu of zones; a selected municipality is named too."""
    menu = territory_menu(context)
    territory = territory_of(context)
    if territory is None or len(context.highlighted) == 1:
        return menu
    name = context.catalog.territories[territory].name
    return Menu(menu.name, menu.label, name, menu.options)


def _menu(context: Context, name: str, choices: Iterable[tuple[str, str]]) -> Menu:
    selected = getattr(context.selection, name)
    options = [
        (label, context.href(**{name: value}), value == selected) for value, label in choices
    ]
    every = (context.text("projects.every"), context.href(**{name: None}), not selected)
    now = next((label for label, _, is_current in options if is_current), "")
    return Menu(name, context.text(f"works.{name}"), now, (every, *options))
