"""What projects can be chosen by: every choice is an address, and every address a choice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.context import Context
    from dashboard.pages.common.progress import ProjectProgress

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

    @property
    def is_filtering(self) -> bool:
        """Whether the selected option leaves anything out; the first day option is the last day."""
        return bool(self.now) and not (self.name == "at" and self.options[0][2])


def area_menu(context: Context) -> Menu:
    """Return the menu of policy areas."""
    nodes = [(n.id, context.translate(n.short or n.title)) for n in context.catalog.areas]
    return _menu(context, "area", nodes, context.selection.area)


def territory_menu(context: Context) -> Menu:
    """Return the menu of territories; a municipality that is chosen is named too."""
    zones = [(z.territory, z.name) for z in context.catalog.zones]
    chosen = context.highlighted[0] if context.highlighted else None
    known = dict(zones)
    if chosen and chosen not in known:
        zones.append((chosen, context.catalog.territories[chosen].name))
    return _menu(context, "territory", zones, chosen)


def portfolio_menus(context: Context, projects: Sequence[ProjectProgress]) -> list[Menu]:
    """Return the menus of a portfolio; sources and actors are those of `projects`."""
    actors = {r["actor"]: r["name"] for r in context.data.rows("actors", today=context.today)}
    partners = {actor for project in projects for actor in project.actors}
    sources = {source for project in projects for source in project.sources}
    return [
        area_menu(context),
        territory_menu(context),
        _menu(
            context,
            "state",
            [(s, context.text(f"state.{s}")) for s in STATES],
            context.selection.state,
        ),
        _menu(
            context,
            "source",
            [(s, context.text(f"project.source_{s}")) for s in sorted(sources)],
            context.selection.source,
        ),
        _menu(
            context,
            "actor",
            [(a, name) for a, name in actors.items() if a in partners],
            context.selection.actor,
        ),
        _menu(
            context,
            "trait",
            [(t, context.text(f"project.trait_{t}")) for t in TRAITS],
            context.selection.trait,
        ),
        day_menu(context),
    ]


def day_menu(context: Context) -> Menu:
    """Return the menu of the days on which progress was reported."""
    days = [d["day"] for d in context.data.rows("report_days")]
    options = tuple(
        (
            context.format.day(day),
            context.href(at=day.isoformat()),
            day.isoformat() == context.selection.at,
        )
        for day in days
    )
    last = (context.text("projects.last_told"), context.href(at=None), context.selection.at is None)
    now = context.format.day(date.fromisoformat(context.today))
    return Menu("at", context.text("projects.at"), now, (last, *options))


def matches(context: Context, project: ProjectProgress) -> bool:
    """Say whether a project is among those chosen by state, source, actor, trait and area."""
    chosen = context.selection
    return (
        (not chosen.area or chosen.area in project.areas)
        and (not chosen.state or chosen.state == project.state)
        and (not chosen.source or chosen.source in project.sources)
        and (not chosen.actor or chosen.actor in project.actors)
        and (not chosen.trait or chosen.trait in project.traits)
    )


def _menu(
    context: Context, name: str, options: Iterable[tuple[str, str]], chosen: str | None
) -> Menu:
    listed = list(options)
    every = (context.text("projects.every"), context.href(**{name: _value(name, None)}), not chosen)
    return Menu(
        name,
        context.text(f"projects.{name}"),
        next((text for value, text in listed if value == chosen), ""),
        (
            every,
            *(
                (text, context.href(**{name: _value(name, value)}), value == chosen)
                for value, text in listed
            ),
        ),
    )


def _value(name: str, value: str | None) -> Any:  # noqa: ANN401  # a field of Selection
    if name == "territory":
        return (value,) if value else ()
    return value
