"""The pages of territories: the list, and the profile of a zone, municipality or the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.figures.locator import locator
from dashboard.pages.common import breadcrumbs, changes, sources
from dashboard.pages.common.progress import projects_near
from dashboard.pages.territory.standing import columns, counts, key_of, place_of, standings, zone_of
from dashboard.registry import Crumb, Heading, heading, panel
from warehouse import formatting

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.series import Series
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.territories import Territory

WORKS_SHOWN = 5


@panel("territory_list")
def territory_list(context: Context) -> Html:
    """Draw a card for each zone and the metropolitan city, and name all municipalities."""
    zones = context.catalog.zones
    return context.panel(
        "territory/territory_list.html",
        "territory-list",
        cards=[_card(context, place) for place in (context.catalog.metro, *zones)],
        zones=[(zone, context.data.municipalities[zone.territory]) for zone in zones],
        total=sum(len(p) for p in context.data.municipalities.values()),
    )


def _card(context: Context, place: Territory) -> dict[str, Any]:
    better, worse, total = counts(standings(context, place))
    return {
        "place": place,
        "map": locator(
            [], chosen=[key_of(place)] if place.level == "zone" else [], **_frame(context)
        ),
        "agenda": _agenda(context, place),
        "facts": _figures(context, place),
        "better": better,
        "worse": worse,
        "total": total,
    }


def _frame(context: Context) -> dict[str, Any]:
    shapes = context.data.shapes
    return {
        "shapes": f"/shapes/{context.data.store.release}.svg",
        "size": (shapes.width, shapes.height),
        "outlines": [f"zone-{z}" for z in shapes.zones],
    }


def _agenda(context: Context, place: Territory) -> str:
    nodes = context.catalog.plan.current.framework
    mine = [n for n in nodes if n.territory == place.territory]
    return context.translate(mine[0].title) if mine else ""


def _objectives(context: Context, zone: Territory) -> list[dict[str, Any]]:
    """Return the objectives of a zone's agenda; an invented one says so."""
    rows = context.data.rows("plan_agendas", cycle=context.catalog.plan.current.id)
    return [r for r in rows if r["territory"] == zone.territory and r["objective_it"]]


def _figures(context: Context, place: Territory) -> list[tuple[str, str, str]]:
    """Return what a place is: label, value, unit or period."""
    found: list[tuple[str, str, str]] = []
    inside = _inside(context, place)
    if inside:
        found.append((context.text("territory.municipalities"), str(len(inside)), ""))
    area = place.area_km2 or sum(p.area_km2 or 0 for p in inside)
    if area:
        found.append((context.text("territory.area"), context.format.number(area, 1), "km²"))
    for name in ("resident_population", "population_density"):
        indicator = context.catalog.indicators.get(name)
        series = context.data.series(name, place.territory) if indicator else None
        if indicator and series:
            period = context.format.period(series.last.period)
            value = context.format.value(series.last.value, indicator)
            unit = f"{context.format.unit(indicator)}, {period}"
            found.append((context.text(f"territory.{name}"), value, unit))
    return found


def _inside(context: Context, place: Territory) -> tuple[Territory, ...]:
    if place.level == "metro":
        return tuple(p for places in context.data.municipalities.values() for p in places)
    return context.data.municipalities.get(place.territory, ())


@panel("identity")
def identity(context: Context) -> Html:
    """Say what and where the territory is; the map leads to its neighbours and its parts."""
    place, zone = place_of(context), zone_of(context, place_of(context))
    return context.panel(
        "territory/identity.html",
        "identity card",
        place=place,
        zone=zone if place.level == "municipality" else None,
        map=_map(context, place, zone),
        facts=_figures(context, place),
        agenda=_agenda(context, zone) if zone else "",
        objectives=_objectives(context, zone) if zone else [],
    )


def _map(context: Context, place: Territory, zone: Territory | None) -> str:
    links = [
        (key_of(z), z.name, context.href(f"/territori/{z.territory}"))
        for z in context.catalog.zones
        if zone is None or z != zone
    ]
    links += [
        (key_of(p), p.name, context.href(f"/territori/{p.territory}"))
        for p in (context.data.municipalities[zone.territory] if zone else ())
    ]
    shapes = context.data.shapes
    drawn = [link for link in links if link[0].removeprefix("zone-") in _outlined(context)]
    chosen = [key_of(p) for p in context.data.municipalities.get(place.territory, ())]
    if place.territory in shapes.paths:
        chosen = [place.territory]
    title = context.text("territory.map", name=place.name)
    return locator(drawn, chosen=chosen, title=title, **_frame(context))


def _outlined(context: Context) -> set[str]:
    return {*context.data.shapes.paths, *context.data.shapes.zones}


@panel("zone_projects")
def zone_projects(context: Context) -> Html:
    """Draw the plan's strategic projects that concern the territory, the local ones first."""
    projects = projects_near(context, place_of(context).territory)
    operational = sum(1 for project, _ in projects if project.level == "operational")
    return context.panel(
        "territory/zone_projects.html",
        "zone-projects card",
        projects=[pair for pair in projects if pair[0].level == "strategic"],
        operational=operational,
    )


@panel("largest_works")
def largest_works(context: Context) -> Html:
    """List the largest funded works of the territory; those of several municipalities say so."""
    place = place_of(context)
    rows = context.data.rows(
        "funded_works", territory=place.territory, area=None, state=None, dataset=None, text=None
    )
    single = [r for r in rows if r["municipalities"] == 1]
    funding = sum(r["funding"] or 0 for r in single)
    told = [r for r in single if r["paid"] is not None and r["funding"]]
    paid_of = sum(r["funding"] for r in told)
    return context.panel(
        "territory/largest_works.html",
        "largest-works card",
        place=place,
        works=rows[:WORKS_SHOWN],
        count=len(single),
        shared=len(rows) - len(single),
        funding=funding,
        paid=sum(r["paid"] for r in told) / paid_of if told else None,
        day=context.format.period(context.data.rows("funded_totals")[0]["paid_on"]),
    )


@panel("places")
def places(context: Context) -> Html:
    """Compare the parts of a zone or of the whole; for a municipality those of its zone."""
    place = place_of(context)
    zone = zone_of(context, place)
    rows = context.data.municipalities[zone.territory] if zone else context.catalog.zones
    shown = columns(context)
    return context.panel(
        "territory/places.html",
        "places card",
        place=place,
        zone=zone,
        columns=[(i, _newest(context, i, rows)) for i in shown],
        rows=[(p, [_cell(context, i, p) for i in shown]) for p in rows],
        whole=zone or context.catalog.metro,
        last=[_cell(context, i, zone or context.catalog.metro) for i in shown],
        sources=sources.short(context, *shown),
    )


def _newest(context: Context, indicator: Indicator, rows: tuple[Territory, ...]) -> str:
    found = (context.data.series(indicator.id, p.territory) for p in rows)
    periods = [s.last.period for s in found if s]
    return context.format.period(max(periods, key=formatting.start)) if periods else ""


def _cell(context: Context, indicator: Indicator, place: Territory) -> dict[str, Any] | None:
    found: Series | None = context.data.series(indicator.id, place.territory)
    if found is None:
        return None
    return {
        "value": context.format.value(found.last.value, indicator),
        "period": context.format.period(found.last.period),
        "partial": changes.partial_note(context, found),
    }


@heading("territories")
def territories_heading(context: Context) -> Heading:
    """Name the zones that are better than the mean in most and in fewest indicators."""
    crumb = context.text("nav.territories")
    better = [(counts(standings(context, zone))[0], zone) for zone in context.catalog.zones]
    most, best = max(better, key=lambda pair: pair[0])
    least, worst = min(better, key=lambda pair: pair[0])
    return Heading(
        title=context.text(
            "territory.list_title", best=best.name, n=most, other=worst.name, m=least
        ),
        tab=crumb,
        crumbs=(breadcrumbs.home(context), Crumb(crumb)),
    )


@heading("territory")
def territory_heading(context: Context) -> Heading:
    """Say in how many indicators the territory is better and worse than the mean."""
    place = place_of(context)
    zone = zone_of(context, place)
    parent = (Crumb(zone.name, f"/territori/{zone.territory}"),) if zone and zone != place else ()
    return Heading(
        title=_title(context, place),
        tab=place.name,
        crumbs=(
            breadcrumbs.home(context),
            breadcrumbs.territories(context),
            *parent,
            Crumb(place.name),
        ),
        actions=True,
    )


def _title(context: Context, place: Territory) -> str:
    rows = standings(context, place)
    better, worse, total = counts(rows)
    key = "territory.title"
    if place.level == "metro":
        directions = [row.change.direction for row in rows if row.change]
        better, worse = directions.count("better"), directions.count("worse")
        total, key = better + worse + directions.count("same"), "territory.metro_title"
    return context.text(key, name=place.name, better=better, worse=worse, total=total)
