"""The glossary, and the list of all indicators with what each measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.pages.common import breadcrumbs, sources
from dashboard.registry import Crumb, Heading, heading, panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context
    from warehouse.declarations.models import Indicator


@dataclass(frozen=True, slots=True)
class IndicatorEntry:
    """An indicator in the list: what it measures, in which unit and periods, from whom."""

    title: str
    address: str
    description: str
    unit: str
    periods: str
    source: str


@heading("glossary")
def glossary_heading(context: Context) -> Heading:
    """Name the page."""
    name = context.text("nav.glossary")
    crumbs = (breadcrumbs.home(context), Crumb(name))
    return Heading(title=context.text("help.glossary_title"), tab=name, crumbs=crumbs)


@panel("glossary")
def glossary(context: Context) -> Html:
    """Explain the words of the pages."""
    terms = [
        (context.translate(term.name), context.translate(term.text), term.anchor)
        for term in context.catalog.glossary
    ]
    return context.panel(
        "help/glossary.html",
        "glossary card",
        terms=sorted(terms, key=lambda term: term[0].casefold()),
    )


@panel("codebook")
def codebook(context: Context) -> Html:
    """List the loaded indicators, area by area."""
    areas = codebook_areas(context)
    is_loaded = any(entries for _, entries in areas)
    return context.panel("help/codebook.html", "codebook card", has_picture=is_loaded, areas=areas)


def codebook_areas(context: Context) -> list[tuple[str, list[IndicatorEntry]]]:
    """Return the loaded indicators of each policy area."""
    return [
        (
            context.translate(node.short or node.title),
            [_entry(context, i) for i in context.data.indicators if i.area == node.id],
        )
        for node in context.catalog.areas
    ]


def _entry(context: Context, indicator: Indicator) -> IndicatorEntry:
    return IndicatorEntry(
        title=context.translate(indicator.title),
        address=context.href(f"/indicatori/{indicator.id}"),
        description=context.translate(indicator.description),
        unit=context.format.unit(indicator),
        periods=_periods(context, indicator),
        source=sources.short(context, indicator),
    )


def _periods(context: Context, indicator: Indicator) -> str:
    """Write the first and last period of the metropolitan value, else of the zones."""
    places = (context.catalog.metro, *context.catalog.zones)
    lines = [context.data.aggregate(indicator.id, place.territory) for place in places]
    line = next((line for line in lines if line), None)
    if line is None:
        return context.text("help.municipal")
    first, last = (context.format.period(p.period) for p in (line.points[0], line.last))
    return first if first == last else f"{first} – {last}"
