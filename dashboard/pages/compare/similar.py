"""Municipalities similar to one, by criteria that the address names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.figures import marks
from dashboard.pages.common.filters import Menu
from dashboard.pages.compare.choice import choice, municipal_period, point_in, written
from dashboard.registry import panel
from dashboard.similar import measures, similar

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.pages.compare.choice import Choice
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.territories import Territory

MOST = 5
COLUMNS = 2  # indicators beside the criteria


@dataclass(frozen=True, slots=True)
class SimilarRow:
    """A municipality, its zone, its distance (also in percent of the farthest), its values."""

    name: str
    zone: str
    address: str
    distance: str
    width: float
    cells: tuple[str, ...]
    amounts: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion: what measures it, and the address with or without it."""

    label: str
    measure: str
    address: str
    key: str
    is_selected: bool


@panel("compare_similar")
def compare_similar(context: Context) -> Html:
    """List the municipalities most similar to one, with the criteria that say so."""
    compared = choice(context)
    place = similar_to(context)
    available = measures(context.data)
    chosen = _chosen(context, available)
    likes = similar(context.data, place.territory, chosen)
    nearest = likes[:MOST]
    codes = (place.territory, *(like.place for like in nearest))[: marks.MOST]
    columns = compared.indicators[:COLUMNS]
    rows = similar_rows(context)
    return context.panel(
        "compare/similar.html",
        "compare-similar card",
        has_picture=len(rows) > 1,
        place=place,
        menu=_menu(context, compared, place),
        first=rows[0],
        rows=rows[1:],
        columns=[context.translate(indicator.short) for indicator in columns],
        criteria=_criteria(context, compared, available, chosen),
        compare_address=context.href(territory=codes, indicators=compared.names),
        without=len(_current(context)) - 1 - len(likes),
    )


def similar_rows(context: Context) -> list[SimilarRow]:
    """Return the municipality itself and those most similar to it."""
    place = similar_to(context)
    columns = choice(context).indicators[:COLUMNS]
    chosen = _chosen(context, measures(context.data))
    nearest = similar(context.data, place.territory, chosen)[:MOST]
    farthest = nearest[-1].distance if nearest else 0
    return [
        _row(context, place, columns, None, farthest),
        *(
            _row(context, context.catalog.territories[like.place], columns, like.distance, farthest)
            for like in nearest
        ),
    ]


def _chosen(context: Context, available: dict[str, str]) -> list[str]:
    return [c for c in context.selection.criteria if c in available] or list(available)


def _current(context: Context) -> list[Territory]:
    return [p for places in context.data.municipalities.values() for p in places]


def similar_to(context: Context) -> Territory:
    """Return the selected municipality, else the first compared, else the first's largest."""
    compared = choice(context)
    municipalities = {place.territory: place for place in _current(context)}
    if context.selection.like in municipalities:
        return municipalities[context.selection.like]
    for place in compared.places:
        if place.code in municipalities:
            return place.territory
    inside = context.data.municipalities.get(compared.places[0].code) or tuple(_current(context))
    size = measures(context.data).get("size")

    def residents(place: Territory) -> float:
        line = context.data.series(size, place.territory) if size else None
        return line.last_value if line else 0

    return max(inside, key=residents)


def _menu(context: Context, compared: Choice, place: Territory) -> Menu:
    """Return the municipalities of the compared zones, and of those of compared municipalities."""
    zones = dict.fromkeys(
        code
        for p in (*(chosen.territory for chosen in compared.places), place)
        for code in (p.territory, p.parent or "")
        if code in context.data.municipalities
    )
    places = [p for zone in zones for p in context.data.municipalities[zone]]
    options = tuple(
        (p.name, _address(context, compared, like=p.territory), p == place) for p in places
    )
    return Menu("like", context.text("compare.like"), place.name, options)


def _address(context: Context, compared: Choice, **changes: Any) -> str:  # noqa: ANN401  # Selection's fields
    return context.href(territory=compared.codes, indicators=compared.names, **changes)


def _criteria(
    context: Context, compared: Choice, available: dict[str, str], chosen: list[str]
) -> list[Criterion]:
    """Return the criteria as switches; the last one cannot be switched off."""
    criteria = []
    for name, indicator in available.items():
        is_selected = name in chosen
        changed = tuple(c for c in available if (c in chosen) != (c == name))
        criteria.append(
            Criterion(
                context.text(f"compare.criterion_{name}"),
                context.translate(context.catalog.indicators[indicator].title),
                _address(context, compared, criteria=changed or (name,)),
                f"criterion-{name}",
                is_selected,
            )
        )
    return criteria


def _row(
    context: Context,
    place: Territory,
    columns: tuple[Indicator, ...],
    distance: float | None,
    farthest: float,
) -> SimilarRow:
    points = [
        point_in(context, indicator, place, context.data.once(municipal_period, indicator.id))
        for indicator in columns
    ]
    cells = [written(context, i, point) for i, point in zip(columns, points, strict=True)]
    return SimilarRow(
        name=place.name,
        zone=context.catalog.territories[place.parent].short if place.parent else "",
        address=context.href(f"/territori/{place.territory}"),
        distance=context.format.number(distance, 2) if distance is not None else "",
        width=100 * (distance or 0) / farthest if farthest else 0,
        cells=tuple(cells),
        amounts=tuple(point.value if point else None for point in points),
    )
