"""The pages of territories: the list, and the profile of a zone, municipality or the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard import formatting
from dashboard.figures.locator import locator
from dashboard.pages.common.progress import of_territory
from dashboard.pages.overview.panels import partial
from dashboard.pages.territory.spine import spine
from dashboard.pages.territory.standing import columns, counts, key_of, place_of, standings, zone_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.components.html import Html
    from dashboard.context import Page
    from dashboard.series import Series
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.territories import Territory

WORKS_SHOWN = 5


def territory_list(page: Page) -> Html:
    """Draw a card for each zone and the metropolitan city, and name all municipalities."""
    zones = page.catalog.zones
    return page.html(
        "territory/territory_list.html",
        "territory-list",
        cards=[_card(page, place) for place in (page.catalog.metro, *zones)],
        zones=[(zone, page.facts.municipalities[zone.territory]) for zone in zones],
        total=sum(len(p) for p in page.facts.municipalities.values()),
    )


def _card(page: Page, place: Territory) -> dict[str, Any]:
    better, worse, total = counts(standings(page, place))
    return {
        "place": place,
        "map": locator([], chosen=[key_of(place)] if place.level == "zone" else [], **_frame(page)),
        "agenda": _agenda(page, place),
        "facts": _figures(page, place),
        "better": better,
        "worse": worse,
        "total": total,
    }


def _frame(page: Page) -> dict[str, Any]:
    shapes = page.facts.shapes
    return {
        "shapes": f"/shapes/{page.facts.store.release}.svg",
        "size": (shapes.width, shapes.height),
        "outlines": [f"zone-{z}" for z in shapes.zones],
    }


def _agenda(page: Page, place: Territory) -> str:
    nodes = page.catalog.plan.current.framework
    mine = [n for n in nodes if n.territory == place.territory]
    return page.say(mine[0].title) if mine else ""


def _objectives(page: Page, zone: Territory) -> list[dict[str, Any]]:
    """Return the objectives of a zone's agenda; an invented one says so."""
    rows = page.facts.rows("plan_agendas", cycle=page.catalog.plan.current.id)
    return [r for r in rows if r["territory"] == zone.territory and r["objective_it"]]


def _figures(page: Page, place: Territory) -> list[tuple[str, str, str]]:
    """Return what a place is: label, value, unit or period."""
    found: list[tuple[str, str, str]] = []
    inside = _inside(page, place)
    if inside:
        found.append((page.words("territory.municipalities"), str(len(inside)), ""))
    area = place.area_km2 or sum(p.area_km2 or 0 for p in inside)
    if area:
        found.append((page.words("territory.area"), formatting.number(area, 1, page.lang), "km²"))
    for name in ("resident_population", "population_density"):
        indicator = page.catalog.indicators.get(name)
        series = page.facts.series(name, place.territory) if indicator else None
        if indicator and series:
            period = formatting.period(series.last.period, page.lang)
            value = page.value(series.last.value, indicator)
            unit = f"{page.unit(indicator)}, {period}"
            found.append((page.words(f"territory.{name}"), value, unit))
    return found


def _inside(page: Page, place: Territory) -> tuple[Territory, ...]:
    if place.level == "metro":
        return tuple(p for places in page.facts.municipalities.values() for p in places)
    return page.facts.municipalities.get(place.territory, ())


def identity(page: Page) -> Html:
    """Say what and where the territory is; the map leads to its neighbours and its parts."""
    place, zone = place_of(page), zone_of(page, place_of(page))
    return page.html(
        "territory/identity.html",
        "identity card",
        place=place,
        zone=zone if place.level == "municipality" else None,
        map=_map(page, place, zone),
        facts=_figures(page, place),
        agenda=_agenda(page, zone) if zone else "",
        objectives=_objectives(page, zone) if zone else [],
    )


def _map(page: Page, place: Territory, zone: Territory | None) -> str:
    links = [
        (key_of(z), z.name, page.href(f"/territori/{z.territory}"))
        for z in page.catalog.zones
        if zone is None or z != zone
    ]
    links += [
        (key_of(p), p.name, page.href(f"/territori/{p.territory}"))
        for p in (page.facts.municipalities[zone.territory] if zone else ())
    ]
    shapes = page.facts.shapes
    drawn = [link for link in links if link[0].removeprefix("zone-") in _outlined(page)]
    chosen = [key_of(p) for p in page.facts.municipalities.get(place.territory, ())]
    if place.territory in shapes.paths:
        chosen = [place.territory]
    title = page.words("territory.map", name=place.name)
    return locator(drawn, chosen=chosen, title=title, **_frame(page))


def _outlined(page: Page) -> set[str]:
    return {*page.facts.shapes.paths, *page.facts.shapes.zones}


def zone_projects(page: Page) -> Html:
    """Draw the plan's strategic projects that concern the territory, the local ones first."""
    found = of_territory(page, place_of(page).territory)
    operational = sum(1 for row in found if row["level"] == "operational")
    return page.html(
        "territory/zone_projects.html",
        "zone-projects card",
        projects=[row for row in found if row["level"] == "strategic"],
        operational=operational,
    )


def largest_works(page: Page) -> Html:
    """List the largest funded works of the territory; those of several municipalities say so."""
    place = place_of(page)
    rows = page.facts.rows(
        "funded_works", territory=place.territory, area=None, state=None, dataset=None, text=None
    )
    single = [r for r in rows if r["municipalities"] == 1]
    funding = sum(r["funding"] or 0 for r in single)
    told = [r for r in single if r["paid"] is not None and r["funding"]]
    paid_of = sum(r["funding"] for r in told)
    return page.html(
        "territory/largest_works.html",
        "largest-works card",
        place=place,
        works=rows[:WORKS_SHOWN],
        count=len(single),
        shared=len(rows) - len(single),
        funding=funding,
        paid=sum(r["paid"] for r in told) / paid_of if told else None,
        day=formatting.period(page.facts.rows("funded_totals")[0]["paid_on"], page.lang),
    )


def places(page: Page) -> Html:
    """Compare the parts of a zone or of the whole; for a municipality those of its zone."""
    place = place_of(page)
    zone = zone_of(page, place)
    rows = page.facts.municipalities[zone.territory] if zone else page.catalog.zones
    shown = columns(page)
    return page.html(
        "territory/places.html",
        "places card",
        place=place,
        zone=zone,
        columns=[(i, _newest(page, i, rows)) for i in shown],
        rows=[(p, [_cell(page, i, p) for i in shown]) for p in rows],
        whole=zone or page.catalog.metro,
        last=[_cell(page, i, zone or page.catalog.metro) for i in shown],
        sources=page.providers(*shown),
    )


def _newest(page: Page, indicator: Indicator, rows: tuple[Territory, ...]) -> str:
    found = (page.facts.series(indicator.id, p.territory) for p in rows)
    periods = [s.last.period for s in found if s]
    return formatting.period(max(periods, key=formatting.start), page.lang) if periods else ""


def _cell(page: Page, indicator: Indicator, place: Territory) -> dict[str, Any] | None:
    found: Series | None = page.facts.series(indicator.id, place.territory)
    if found is None:
        return None
    return {
        "value": page.value(found.last.value, indicator),
        "period": formatting.period(found.last.period, page.lang),
        "partial": partial(page, found),
    }


def _list_heading(page: Page) -> dict[str, Any]:
    crumb = page.words("nav.territories")
    best = [(counts(standings(page, zone))[0], zone) for zone in page.catalog.zones]
    most = max(best, key=lambda b: b[0])
    least = min(best, key=lambda b: b[0])
    title = page.words(
        "territory.list_title",
        best=most[1].name,
        n=most[0],
        other=least[1].name,
        m=least[0],
    )
    return {
        "title": title,
        "tab": crumb,
        "crumbs": [(page.words("nav.overview"), "/"), (crumb, None)],
    }


def _heading(page: Page) -> dict[str, Any]:
    place = place_of(page)
    zone = zone_of(page, place)
    crumbs: list[tuple[str, str | None]] = [
        (page.words("nav.overview"), "/"),
        (page.words("nav.territories"), "/territori"),
    ]
    if zone and zone != place:
        crumbs.append((zone.name, f"/territori/{zone.territory}"))
    crumbs.append((place.name, None))
    found = standings(page, place)
    better, worse, total = counts(found)
    key = "territory.title"
    if place.level == "metro":
        directions = [s.change.direction for s in found if s.change]
        better, worse = directions.count("better"), directions.count("worse")
        total, key = better + worse + directions.count("same"), "territory.metro_title"
    title = page.words(key, name=place.name, better=better, worse=worse, total=total)
    return {"title": title, "tab": place.name, "crumbs": crumbs, "actions": True}


PANELS: dict[str, Callable[[Page], Html]] = {
    "territory_list": territory_list,
    "identity": identity,
    "spine": spine,
    "zone_projects": zone_projects,
    "largest_works": largest_works,
    "places": places,
}
HEADINGS = {"territories": _list_heading, "territory": _heading}
