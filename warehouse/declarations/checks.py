"""Checks of the catalogue as a whole: names that no declaration has, links that do not fit."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from warehouse.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warehouse.declarations.loader import Catalog
    from warehouse.declarations.models import Indicator
    from warehouse.messages import Message

RESERVED_DECK = "mia"  # the address of the deck that a reader makes


def check_catalog(catalog: Catalog) -> Iterator[Message]:
    """Yield one message per name that is unknown or does not fit where it is used."""
    yield from _check_indicators(catalog)
    yield from _check_datasets(catalog)
    yield from _check_plan(catalog)
    yield from _check_territories(catalog)
    yield from _check_annotations(catalog)
    yield from _check_events(catalog)
    yield from _check_decks(catalog)
    yield from _check_readings(catalog)


def _check_indicators(catalog: Catalog) -> Iterator[Message]:
    variables = {
        f"{d.id}.{v}": s for d in catalog.datasets.values() for v, s in d.variables.items()
    }
    positive = {name for name, variable in variables.items() if not variable.negative}
    areas = {n.id for n in catalog.areas}
    for indicator in catalog.indicators.values():
        file = f"indicators/{indicator.area}/{indicator.id}.yaml"
        for variable in indicator.variables:
            if variable not in variables:
                yield message("no_variable", at=file, variable=variable)
        if indicator.area not in areas:
            yield message("no_area", at=file, area=indicator.area)
        if indicator.unit not in catalog.units:
            yield message("no_unit", at=file, unit=indicator.unit)
        if indicator.range and indicator.range[0] < 0 and indicator.numerator in positive:
            yield message("below_zero", at=file, variable=indicator.numerator)
        yield from _check_targets(indicator, file, catalog)
        yield from _check_family(indicator, file, catalog)


def _check_family(indicator: Indicator, file: str, catalog: Catalog) -> Iterator[Message]:
    if indicator.family is None:
        return
    lead = catalog.indicators.get(indicator.family)
    if lead is None or lead.area != indicator.area:
        yield message("no_lead_of_family", at=file, lead=indicator.family)
    elif lead.family:
        yield message("family_of_family", at=file, lead=lead.id, other=lead.family)


def _check_targets(indicator: Indicator, file: str, catalog: Catalog) -> Iterator[Message]:
    low, high = indicator.range or (-inf, inf)
    for target in indicator.targets:
        if target.territory and target.territory not in catalog.territories:
            yield message("no_place", at=file, code=target.territory)
        for value in (target.value, target.high):
            if value is not None and not low <= value <= high:
                yield message("target_out_of_range", at=file, value=value)


def _check_datasets(catalog: Catalog) -> Iterator[Message]:
    for dataset in catalog.datasets.values():
        file = f"datasets/{dataset.id}.yaml"
        for total_name, total in dataset.totals.items():
            for name in {total_name, *total.parts} - dataset.variables.keys():
                yield message("no_variable_of_total", at=file, variable=name)
        additive = {name for name, variable in dataset.variables.items() if variable.additive}
        for name, variable in dataset.variables.items():
            if variable.weight and (variable.weight not in additive or name in additive):
                yield message("no_weight_of_rate", at=file, variable=name, weight=variable.weight)


def _check_plan(catalog: Catalog) -> Iterator[Message]:
    nodes = {cycle.id: {n.id for n in cycle.framework} for cycle in catalog.plan.cycles}
    for cycle in catalog.plan.cycles:
        for node in cycle.framework:
            place = f"cycles/{cycle.id}.yaml: {node.id}"
            if node.parent and node.parent not in nodes[cycle.id]:
                yield message("no_parent_node", at=place, node=node.parent)
            if node.territory and node.territory not in catalog.territories:
                yield message("no_place", at=place, code=node.territory)
            for name in node.headlines:
                if name in catalog.indicators and catalog.indicators[name].area != node.id:
                    yield message("headline_elsewhere", at=place, indicator=name)
    for crossing in catalog.plan.crosswalk:
        ends = ((crossing.before, crossing.node), (crossing.after, crossing.to))
        for cycle_id, node_id in ends:
            if node_id and node_id not in nodes.get(cycle_id, ()):
                yield message("no_crossed_node", at="plan.yaml", cycle=cycle_id, node=node_id)


def _check_territories(catalog: Catalog) -> Iterator[Message]:
    codes = catalog.territories.keys()
    for membership in catalog.memberships:
        for code in {membership.municipality, membership.zone} - codes:
            yield message("no_place", at="territory/zone_membership.csv", code=code)
    for succession in catalog.successions:
        for code in {succession.predecessor, succession.successor} - codes:
            yield message("no_place", at="territory/successions.csv", code=code)
    for territory in catalog.territories.values():
        if territory.parent and territory.parent not in codes:
            yield message(
                "no_parent_place",
                at="territory/territories.csv",
                territory=territory.territory,
                code=territory.parent,
            )


def _check_annotations(catalog: Catalog) -> Iterator[Message]:
    subjects = set(catalog.indicators)
    subjects |= {f"{d.id}.{v}" for d in catalog.datasets.values() for v in d.variables}
    for annotation in catalog.annotations:
        if annotation.subject not in subjects:
            yield message("no_subject", at="annotations.yaml", subject=annotation.subject)
        if annotation.territory not in catalog.territories:
            yield message("no_place", at="annotations.yaml", code=annotation.territory)


def _check_events(catalog: Catalog) -> Iterator[Message]:
    for event in catalog.events:
        for name in event.indicators:
            if name not in catalog.indicators:
                at = f"events.yaml: {event.date}"
                yield message("no_indicator_of_event", at=at, indicator=name)


def _check_decks(catalog: Catalog) -> Iterator[Message]:
    """Check what every page of a deck needs; one that names nothing says so on its slide."""
    for deck in catalog.decks:
        if deck.id == RESERVED_DECK:
            yield message("reserved_deck", at=f"decks/{deck.id}.yaml")
        if not deck.pages:
            yield message("empty_deck", at=f"decks/{deck.id}.yaml")


def _check_readings(catalog: Catalog) -> Iterator[Message]:
    areas = {node.id for node in catalog.areas}
    for reading in catalog.readings:
        at = f"readings/{reading.id}.md"
        if reading.area and reading.area not in areas:
            yield message("no_area", at=at, area=reading.area)
        figures = reading.figures
        for name in filter(None, (reading.indicator, *(f.indicator for f in figures))):
            if name not in catalog.indicators:
                yield message("no_indicator_of_reading", at=at, indicator=name)
        for code in filter(None, (reading.territory, *(f.territory for f in figures))):
            if code not in catalog.territories:
                yield message("no_place", at=at, code=code)
