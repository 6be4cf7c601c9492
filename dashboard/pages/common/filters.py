"""Filters of projects as menus of addresses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.context import Context
    from dashboard.pages.common.progress import ProjectProgress

STATES = ("on_track", "attention", "late", "done", "suspended", "revoked", "unknown")
TRAITS = (
    "transversality", "sustainability", "innovation", "participation", "integration", "connection",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu: its name and label, the selected option, and all options with their addresses."""

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
    """Return the menu of territories; a selected municipality is added to the zones."""
    zones = {zone.territory: zone.name for zone in context.catalog.zones}
    selected = context.highlighted[0] if context.highlighted else None
    if selected:
        zones.setdefault(selected, context.catalog.territories[selected].name)
    return _menu(context, "territory", list(zones.items()), selected)


def portfolio_menus(context: Context, projects: Sequence[ProjectProgress]) -> list[Menu]:
    """Return the menus of a portfolio; sources and actors are those of `projects`."""
    text, selection = context.text, context.selection
    names = {row["actor"]: row["name"] for row in context.data.rows("actors", today=context.today)}
    partners = {actor for project in projects for actor in project.actors}
    states = [(state, text(f"state.{state}")) for state in STATES]
    sources = sorted({source for project in projects for source in project.sources})
    source_titles = [(source, text(f"project.source_{source}")) for source in sources]
    actors = [(actor, name) for actor, name in names.items() if actor in partners]
    traits = [(trait, text(f"project.trait_{trait}")) for trait in TRAITS]
    return [
        area_menu(context),
        territory_menu(context),
        _menu(context, "state", states, selection.state),
        _menu(context, "source", source_titles, selection.source),
        _menu(context, "actor", actors, selection.actor),
        _menu(context, "trait", traits, selection.trait),
        day_menu(context),
    ]


def day_menu(context: Context) -> Menu:
    """Return the menu of the days on which progress was reported."""
    days = [row["day"] for row in context.data.rows("report_days")]
    selected = context.selection.at
    options = tuple(
        (context.format.day(day), context.href(at=day.isoformat()), day.isoformat() == selected)
        for day in days
    )
    last = (context.text("projects.last_told"), context.href(at=None), selected is None)
    current = context.format.day(date.fromisoformat(context.today))
    return Menu("at", context.text("projects.at"), current, (last, *options))


def matches(context: Context, project: ProjectProgress) -> bool:
    """Say whether a project has the selected state, source, actor, trait and area."""
    selection = context.selection
    return (
        (not selection.area or selection.area in project.areas)
        and (not selection.state or selection.state == project.state)
        and (not selection.source or selection.source in project.sources)
        and (not selection.actor or selection.actor in project.actors)
        and (not selection.trait or selection.trait in project.traits)
    )


def _menu(
    context: Context, name: str, choices: Sequence[tuple[str, str]], selected: str | None
) -> Menu:
    """Return a menu of (value, label) that starts with the option to select nothing."""
    nothing = context.href(**{name: _selection_value(name, None)})
    return Menu(
        name,
        context.text(f"projects.{name}"),
        next((label for value, label in choices if value == selected), ""),
        (
            (context.text("projects.every"), nothing, not selected),
            *(
                (label, context.href(**{name: _selection_value(name, value)}), value == selected)
                for value, label in choices
            ),
        ),
    )


def _selection_value(name: str, value: str | None) -> Any:  # noqa: ANN401  # a field of Selection
    if name == "territory":
        return (value,) if value else ()
    return value
