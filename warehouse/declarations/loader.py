"""The whole catalogue: every declaration of a folder, read together and checked together."""

from __future__ import annotations

import csv
from functools import cached_property
from io import StringIO
from typing import TYPE_CHECKING, TypeVar

import yaml
from pydantic import ValidationError

from warehouse.declarations.base import Declaration
from warehouse.declarations.citation import Citation, cite
from warehouse.declarations.models import Correction, Dataset, Indicator, Unit
from warehouse.declarations.plan import Cycle, Node, Plan
from warehouse.declarations.territories import Elsewhere, Membership, Succession, Territory
from warehouse.errors import CatalogError
from warehouse.messages import field_errors, message, unreadable
from warehouse.yaml_loader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from warehouse.declarations.territories import Level
    from warehouse.messages import Message

M = TypeVar("M", bound=Declaration)


class Catalog(Declaration):
    """Everything that is declared, read from one folder."""

    plan: Plan
    units: dict[str, Unit]
    indicators: dict[str, Indicator]
    datasets: dict[str, Dataset]
    territories: dict[str, Territory]
    memberships: tuple[Membership, ...]
    successions: tuple[Succession, ...]
    corrections: tuple[Correction, ...]
    elsewhere: tuple[Elsewhere, ...] = ()

    @cached_property
    def areas(self) -> tuple[Node, ...]:
        """The nodes of the current cycle's spine, such as policy areas, in the plan's order."""
        current = self.plan.current
        return tuple(n for n in current.framework if n.type == current.spine)

    def by_level(self, *levels: Level) -> tuple[Territory, ...]:
        """Return the territories of some levels in declared order, past ones included."""
        return tuple(t for t in self.territories.values() if t.level in levels)

    @cached_property
    def municipalities(self) -> tuple[Territory, ...]:
        """The municipalities in declared order, abolished ones included."""
        return self.by_level("municipality")

    @cached_property
    def provinces(self) -> tuple[str, ...]:
        """The province codes: the first three digits of the municipalities' codes."""
        return tuple(dict.fromkeys(t.territory[:3] for t in self.municipalities))

    @cached_property
    def zones(self) -> tuple[Territory, ...]:
        """The zones in declared order."""
        return self.by_level("zone")

    @cached_property
    def metro(self) -> Territory:
        """The metropolitan city."""
        return next(iter(self.by_level("metro")))

    @cached_property
    def references(self) -> tuple[Territory, ...]:
        """The region and the country, to compare with; the nearest first."""
        return (*self.by_level("region"), *self.by_level("country"))

    def citations(self, *indicators: Indicator) -> tuple[Citation, ...]:
        """Return the datasets of indicators, each with the own sources of the variables used."""
        used = [variable.split(".") for i in indicators for variable in i.variables]
        names = dict.fromkeys(name for name, _ in used)
        found = [self.datasets[name] for name in names if name in self.datasets]
        return tuple(cite(d, [v for n, v in used if n == d.id]) for d in found)

    def in_area(self, area: str) -> tuple[Indicator, ...]:
        """Return the indicators of one policy area, in the order of their files."""
        return tuple(i for i in self.indicators.values() if i.area == area)


def read_catalog(folder: Path) -> Catalog:
    """Read and check a catalogue folder.

    Raises `CatalogError` that lists every fault found, each with file, field and reason.
    """
    faults: list[Message] = []
    cycles = [cycle for _, cycle in _read_folder(folder / "cycles", Cycle, faults)]
    plan = _read_yaml(folder / "plan.yaml", Plan, faults, cycles=cycles)
    units = _read_units(folder / "units.yaml", faults)
    datasets = dict(_read_folder(folder / "datasets", Dataset, faults))
    indicators = dict(_read_indicators(folder / "indicators", faults))
    territories = _read_csv(folder / "territory/territories.csv", Territory, faults)
    memberships = _read_csv(folder / "territory/zone_membership.csv", Membership, faults)
    successions = _read_csv(folder / "territory/successions.csv", Succession, faults)
    left = folder / "territory/elsewhere.csv"
    elsewhere = _read_csv(left, Elsewhere, faults) if left.exists() else []
    corrections = _read_corrections(folder / "corrections.yaml", faults)
    if faults or plan is None:
        raise CatalogError(*faults)
    catalog = Catalog(
        plan=plan,
        units=units,
        indicators=indicators,
        datasets=datasets,
        territories={t.territory: t for t in territories},
        memberships=tuple(memberships),
        successions=tuple(successions),
        corrections=tuple(corrections),
        elsewhere=tuple(elsewhere),
    )
    if faults := list(_unknown_names(catalog)):
        raise CatalogError(*faults)
    return catalog


def _unknown_names(catalog: Catalog) -> Iterator[Message]:
    yield from _unknown_in_indicators(catalog)
    yield from _unknown_in_datasets(catalog)
    yield from _unknown_in_plan(catalog)
    known = catalog.territories.keys()
    for m in catalog.memberships:
        for code in {m.municipality, m.zone} - known:
            yield message("no_place", at="territory/zone_membership.csv", code=code)
    for s in catalog.successions:
        for code in {s.predecessor, s.successor} - known:
            yield message("no_place", at="territory/successions.csv", code=code)
    for t in catalog.territories.values():
        if t.parent and t.parent not in known:
            at = "territory/territories.csv"
            yield message("no_parent_place", at=at, territory=t.territory, code=t.parent)


def _unknown_in_datasets(catalog: Catalog) -> Iterator[Message]:
    for dataset in catalog.datasets.values():
        at = f"datasets/{dataset.id}.yaml"
        for name, total in dataset.totals.items():
            for variable in {name, *total.parts} - dataset.variables.keys():
                yield message("no_variable_of_total", at=at, variable=variable)
        sums = {name for name, declared in dataset.variables.items() if declared.additive}
        for name, declared in dataset.variables.items():
            if declared.weight and (declared.weight not in sums or name in sums):
                yield message("no_weight_of_rate", at=at, variable=name, weight=declared.weight)


def _unknown_in_plan(catalog: Catalog) -> Iterator[Message]:
    nodes = {cycle.id: {n.id for n in cycle.framework} for cycle in catalog.plan.cycles}
    for cycle in catalog.plan.cycles:
        for node in cycle.framework:
            at = f"cycles/{cycle.id}.yaml: {node.id}"
            if node.parent and node.parent not in nodes[cycle.id]:
                yield message("no_parent_node", at=at, node=node.parent)
            if node.territory and node.territory not in catalog.territories:
                yield message("no_place", at=at, code=node.territory)
            for name in node.headlines:
                if name in catalog.indicators and catalog.indicators[name].area != node.id:
                    yield message("headline_elsewhere", at=at, indicator=name)
    for c in catalog.plan.crosswalk:
        for cycle_id, node_id in ((c.before, c.node), (c.after, c.to)):
            if node_id and node_id not in nodes.get(cycle_id, ()):
                yield message("no_crossed_node", at="plan.yaml", cycle=cycle_id, node=node_id)


def _unknown_in_indicators(catalog: Catalog) -> Iterator[Message]:
    found = {f"{d.id}.{v}": s for d in catalog.datasets.values() for v, s in d.variables.items()}
    known, negative = found.keys(), {name for name, said in found.items() if said.negative}
    areas = {n.id for n in catalog.areas}
    for i in catalog.indicators.values():
        at = f"indicators/{i.area}/{i.id}.yaml"
        for variable in i.variables:
            if variable not in known:
                yield message("no_variable", at=at, variable=variable)
        if i.area not in areas:
            yield message("no_area", at=at, area=i.area)
        if i.unit not in catalog.units:
            yield message("no_unit", at=at, unit=i.unit)
        if i.range and i.range[0] < 0 and i.numerator in known - negative:
            yield message("below_zero", at=at, variable=i.numerator)


def _read_indicators(folder: Path, faults: list[Message]) -> Iterator[tuple[str, Indicator]]:
    first: dict[str, Path] = {}
    for path in sorted(folder.glob("*/*.yaml")):
        if first.setdefault(path.stem, path) != path:
            faults.append(message("declared_twice", path=path, other=first[path.stem]))
        elif found := _read_yaml(path, Indicator, faults, id=path.stem, area=path.parent.name):
            yield path.stem, found


def _read_folder(folder: Path, model: type[M], faults: list[Message]) -> Iterator[tuple[str, M]]:
    for path in sorted(folder.glob("*.yaml")):
        if found := _read_yaml(path, model, faults, id=path.stem):
            yield path.stem, found


def _read_yaml(path: Path, model: type[M], faults: list[Message], **given: object) -> M | None:
    try:
        content = read_yaml(path.read_text(encoding="utf-8")) or {}
        return model.model_validate({**content, **given})
    except (yaml.YAMLError, UnicodeDecodeError, TypeError, OSError) as error:
        faults.append(unreadable(path, error))
    except ValidationError as error:
        faults.extend(_explain(str(path), error))
    return None


def _read_units(path: Path, faults: list[Message]) -> dict[str, Unit]:
    found = _read_yaml(path, _Units, faults)
    return found.units if found else {}


def _read_corrections(path: Path, faults: list[Message]) -> tuple[Correction, ...]:
    found = _read_yaml(path, _Corrections, faults)
    return found.corrections if found else ()


def _read_csv(path: Path, model: type[M], faults: list[Message]) -> list[M]:
    rows: list[M] = []
    try:
        lines = StringIO(path.read_text(encoding="utf-8"), newline="")
    except (UnicodeDecodeError, OSError) as error:
        faults.append(unreadable(path, error))
        return rows
    for line, row in enumerate(csv.DictReader(lines), start=2):
        try:
            rows.append(model.model_validate({k: v or None for k, v in row.items()}))
        except ValidationError as error:
            faults.extend(_explain(f"{path}:{line}", error))
    return rows


def _explain(where: str, error: ValidationError) -> Iterator[Message]:
    for field, said in field_errors(error):
        yield message("wrong_field", at=where, field=field, said=said)


class _Units(Declaration):
    units: dict[str, Unit]


class _Corrections(Declaration):
    corrections: tuple[Correction, ...] = ()
