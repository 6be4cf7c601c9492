"""Tables of a release that hold the catalogue's declarations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from warehouse.declarations.placeholders import placeholders
from warehouse.schema.tables import OUTPUTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from warehouse.declarations.base import Text
    from warehouse.declarations.loader import Catalog
    from warehouse.declarations.models import Dataset, Indicator

Row = dict[str, Any]


def declaration_tables(catalog: Catalog) -> dict[str, pa.Table]:
    """Return the tables of the contract that come from the catalogue alone."""
    tables: dict[str, Iterable[Row]] = {
        "territory": _territories(catalog),
        "territory_membership": (m.model_dump() for m in catalog.memberships),
        "succession": (s.model_dump() for s in catalog.successions),
        "variable": _variables(catalog),
        "total": _totals(catalog),
        "indicator": map(_indicator, catalog.indicators.values()),
        "framework_node": _nodes(catalog),
        "node_objective": _objectives(catalog),
        "crosswalk": _crosswalk(catalog),
        "plan_act": _acts(catalog),
        "plan_event": _events(catalog),
        "dataset": map(_dataset, catalog.datasets.values()),
        "unwritten": _placeholders(catalog),
        "annotation": _annotations(catalog),
        "annotation_of_place": _annotations_of_places(catalog),
        "indicator_event": _indicator_events(catalog),
        "target": _targets(catalog),
    }
    return {
        name: pa.Table.from_pylist(list(table), schema=OUTPUTS[name].schema)
        for name, table in tables.items()
    }


def _territories(catalog: Catalog) -> Iterator[Row]:
    for position, territory in enumerate(catalog.territories.values()):
        yield territory.model_dump() | {"position": position}


def _variables(catalog: Catalog) -> Iterator[Row]:
    for dataset in catalog.datasets.values():
        for name, variable in dataset.variables.items():
            key = {"dataset": dataset.id, "variable": name}
            flags = {"public_variable": dataset.is_public(name)}
            yield variable.model_dump() | key | flags | _columns("title", variable.title)


def _totals(catalog: Catalog) -> Iterator[Row]:
    for dataset in catalog.datasets.values():
        for name, total in dataset.totals.items():
            for part in total.parts:
                key = {"total": f"{dataset.id}.{name}", "part": f"{dataset.id}.{part}"}
                yield total.model_dump(exclude={"parts"}) | key


def _indicator(indicator: Indicator) -> Row:
    low, high = indicator.range or (None, None)
    plausible_low, plausible_high = indicator.plausible or (None, None)
    return indicator.model_dump() | {
        "indicator": indicator.id,
        "range_low": low,
        "range_high": high,
        "plausible_low": plausible_low,
        "plausible_high": plausible_high,
    }


def _nodes(catalog: Catalog) -> Iterator[Row]:
    for cycle in catalog.plan.cycles:
        for position, node in enumerate(cycle.framework):
            key = {"cycle": cycle.id, "node": node.id, "position": position}
            yield node.model_dump() | key | _columns("title", node.title)


def _objectives(catalog: Catalog) -> Iterator[Row]:
    for cycle in catalog.plan.cycles:
        for node in cycle.framework:
            for position, objective in enumerate(node.objectives, start=1):
                key = {"cycle": cycle.id, "node": node.id, "position": position}
                flags = {"demonstration": objective.demonstration}
                yield key | flags | _columns("title", objective.title)


def _crosswalk(catalog: Catalog) -> Iterator[Row]:
    for crossing in catalog.plan.crosswalk:
        yield crossing.model_dump() | {"to_node": crossing.to or ""}


def _acts(catalog: Catalog) -> Iterator[Row]:
    for cycle in catalog.plan.cycles:
        for act in cycle.acts:
            key = {"cycle": cycle.id, "act": act.id}
            yield act.model_dump() | key | _columns("title", act.title) | _columns("body", act.body)


def _events(catalog: Catalog) -> Iterator[Row]:
    for cycle in catalog.plan.cycles:
        for position, event in enumerate(cycle.process, start=1):
            people = {
                f"participants_{language}": "\n".join(p.in_(language) for p in event.participants)
                for language in ("it", "en")
            }
            key = {"cycle": cycle.id, "event": event.id, "position": position}
            texts = _columns("title", event.title) | _columns("summary", event.summary)
            yield event.model_dump() | key | people | texts


def _dataset(dataset: Dataset) -> Row:
    return (
        dataset.model_dump()
        | {"dataset": dataset.id}
        | _columns("title", dataset.title)
        | _columns("attribution", dataset.attribution)
    )


def _placeholders(catalog: Catalog) -> Iterator[Row]:
    for indicator in catalog.indicators.values():
        file = f"indicators/{indicator.area}/{indicator.id}.yaml"
        yield from ({"file": file, "field": field} for field in placeholders(indicator))
    for dataset in catalog.datasets.values():
        file = f"datasets/{dataset.id}.yaml"
        yield from ({"file": file, "field": field} for field in placeholders(dataset))


def _annotations(catalog: Catalog) -> Iterator[Row]:
    for indicator in catalog.indicators.values():
        for period, text in indicator.breaks.items():
            yield {"indicator": indicator.id, "period": period, "it": text.it, "en": text.en}


def _annotations_of_places(catalog: Catalog) -> Iterator[Row]:
    for annotation in catalog.annotations:
        for indicator in catalog.indicators.values():
            if annotation.is_about(indicator):
                key = {"indicator": indicator.id, "territory": annotation.territory}
                texts = {"it": annotation.text.it, "en": annotation.text.en}
                yield key | {"period": annotation.period} | texts


def _indicator_events(catalog: Catalog) -> Iterator[Row]:
    for event in catalog.events:
        texts = _columns("title", event.title) | _columns("source", event.source)
        for indicator in event.indicators:
            yield event.model_dump() | {"indicator": indicator} | texts


def _targets(catalog: Catalog) -> Iterator[Row]:
    for indicator in catalog.indicators.values():
        for position, target in enumerate(indicator.targets, start=1):
            key = {"indicator": indicator.id, "target": str(position)}
            texts = _columns("source", target.source) | _columns("note", target.note)
            yield target.model_dump() | key | texts


def _columns(name: str, text: Text | None) -> dict[str, str | None]:
    return {f"{name}_{language}": text.in_(language) if text else None for language in ("it", "en")}
