"""What projects can be chosen by: every choice is an address, and every address a choice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from dashboard import formatting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.context import Page

STATES = ("on_track", "attention", "late", "done", "suspended", "revoked", "unknown")
TRAITS = (
    "transversality", "sustainability", "innovation", "participation", "integration", "connection",
)  # fmt: skip


@dataclass(frozen=True)
class Menu:
    """A menu: its name, its label, what is chosen now, and the options with their addresses."""

    name: str
    label: str
    now: str
    options: tuple[tuple[str, str, bool], ...]


def area_menu(page: Page) -> Menu:
    """Return the menu of policy areas."""
    nodes = [(n.id, page.say(n.short or n.title)) for n in page.catalog.areas]
    return _menu(page, "area", nodes, page.selection.area)


def territory_menu(page: Page) -> Menu:
    """Return the menu of territories; a municipality that is chosen is named too."""
    zones = [(z.territory, z.name) for z in page.catalog.zones]
    chosen = page.highlighted[0] if page.highlighted else None
    known = dict(zones)
    if chosen and chosen not in known:
        zones.append((chosen, page.catalog.territories[chosen].name))
    return _menu(page, "territory", zones, chosen)


def portfolio_menus(page: Page, rows: Iterable[dict[str, Any]]) -> list[Menu]:
    """Return the menus of a portfolio; sources and actors are those of `rows`."""
    listed = list(rows)
    actors = {r["actor"]: r["name"] for r in page.facts.rows("actors", today=page.today)}
    found = {a for r in listed for a in (r["actors"] or "").split()}
    sources = dict.fromkeys(s for r in listed for s in (r["sources"] or "").split())
    return [
        area_menu(page),
        territory_menu(page),
        _menu(page, "state", [(s, page.words(f"state.{s}")) for s in STATES], page.selection.state),
        _menu(
            page,
            "source",
            [(s, page.words(f"project.source_{s}")) for s in sorted(sources)],
            page.selection.source,
        ),
        _menu(
            page,
            "actor",
            [(a, name) for a, name in actors.items() if a in found],
            page.selection.actor,
        ),
        _menu(
            page,
            "trait",
            [(t, page.words(f"project.trait_{t}")) for t in TRAITS],
            page.selection.trait,
        ),
        day_menu(page),
    ]


def day_menu(page: Page) -> Menu:
    """Return the menu of the days on which progress was reported."""
    days = [d["day"] for d in page.facts.rows("report_days")]
    options = tuple(
        (
            formatting.day(day, page.lang),
            page.href(at=day.isoformat()),
            day.isoformat() == page.selection.at,
        )
        for day in days
    )
    last = (page.words("projects.last_told"), page.href(at=None), page.selection.at is None)
    now = formatting.day(date.fromisoformat(page.today), page.lang)
    return Menu("at", page.words("projects.at"), now, (last, *options))


def matches(page: Page, row: dict[str, Any]) -> bool:
    """Say whether a project is among those chosen by state, source, actor, trait and area."""
    chosen = page.selection
    return (
        (not chosen.area or chosen.area in (row["areas"] or "").split())
        and (not chosen.state or chosen.state == row["state"])
        and (not chosen.source or chosen.source in (row["sources"] or "").split())
        and (not chosen.actor or chosen.actor in (row["actors"] or "").split())
        and (not chosen.trait or chosen.trait in (row["traits"] or "").split())
    )


def _menu(page: Page, name: str, options: Iterable[tuple[str, str]], chosen: str | None) -> Menu:
    listed = list(options)
    every = (page.words("projects.every"), page.href(**{name: _value(name, None)}), not chosen)
    return Menu(
        name,
        page.words(f"projects.{name}"),
        next((text for value, text in listed if value == chosen), ""),
        (
            every,
            *(
                (text, page.href(**{name: _value(name, value)}), value == chosen)
                for value, text in listed
            ),
        ),
    )


def _value(name: str, value: str | None) -> Any:  # noqa: ANN401  # a field of Selection
    if name == "territory":
        return (value,) if value else ()
    return value
