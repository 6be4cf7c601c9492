"""Reader of a catalogue folder: every declaration, or every error in them."""

from __future__ import annotations

import csv
from functools import cached_property
from io import StringIO
from typing import TYPE_CHECKING, TypedDict, TypeVar

import yaml
from pydantic import ValidationError

from warehouse.declarations.annotations import Annotation, Annotations
from warehouse.declarations.base import Declaration
from warehouse.declarations.breaks import inherit_breaks
from warehouse.declarations.checks import check_catalog
from warehouse.declarations.citation import Citation, cite
from warehouse.declarations.decks import Deck, read_decks
from warehouse.declarations.events import Event, Events
from warehouse.declarations.glossary import Glossary, Term
from warehouse.declarations.models import Correction, Corrections, Dataset, Indicator, Unit, Units
from warehouse.declarations.names import Names
from warehouse.declarations.plan import Cycle, Node, Plan
from warehouse.declarations.plan_targets import add_targets
from warehouse.declarations.readings import Reading, read_readings
from warehouse.declarations.targets import PlanTargets
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
    """All declarations of a folder."""

    plan: Plan
    units: dict[str, Unit]
    indicators: dict[str, Indicator]
    datasets: dict[str, Dataset]
    territories: dict[str, Territory]
    memberships: tuple[Membership, ...]
    successions: tuple[Succession, ...]
    corrections: tuple[Correction, ...]
    elsewhere: tuple[Elsewhere, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    events: tuple[Event, ...] = ()
    glossary: tuple[Term, ...] = ()
    names: tuple[str, ...] = ()
    decks: tuple[Deck, ...] = ()
    readings: tuple[Reading, ...] = ()

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
    def municipalities_by_zone(self) -> dict[str, tuple[Territory, ...]]:
        """The present municipalities, by zone, in alphabetical order."""
        by_zone: dict[str, list[Territory]] = {zone.territory: [] for zone in self.zones}
        for place in self.municipalities:
            if place.valid_to is None and place.parent in by_zone:
                by_zone[place.parent].append(place)
        return {zone: tuple(sorted(p, key=lambda t: t.name)) for zone, p in by_zone.items()}

    @cached_property
    def only_municipalities(self) -> dict[str, str]:
        """The municipality of each zone that has exactly one at present: the two are one place."""
        zones = self.municipalities_by_zone.items()
        return {zone: places[0].territory for zone, places in zones if len(places) == 1}

    @property
    def municipalities_with_page(self) -> tuple[Territory, ...]:
        """The present municipalities but those that share the page of their zone."""
        zones = self.municipalities_by_zone.values()
        return tuple(place for places in zones if len(places) > 1 for place in places)

    @cached_property
    def _zone_pages(self) -> dict[str, str]:
        return {municipality: zone for zone, municipality in self.only_municipalities.items()}

    def page_code(self, territory: str) -> str:
        """Return the code in the address of a territory: of an only municipality, its zone's."""
        return self._zone_pages.get(territory, territory)

    @cached_property
    def metro(self) -> Territory:
        """The metropolitan city."""
        return next(iter(self.by_level("metro")))

    @cached_property
    def references(self) -> tuple[Territory, ...]:
        """The region and the country, to compare with; the region first."""
        return (*self.by_level("region"), *self.by_level("country"))

    def citations(self, *indicators: Indicator) -> tuple[Citation, ...]:
        """Return the datasets of indicators, each with the sources of the variables used."""
        used: dict[str, dict[str, None]] = {}  # variables by dataset, in order
        for indicator in indicators:
            for name in indicator.variables:
                dataset, _, variable = name.partition(".")
                used.setdefault(dataset, {})[variable] = None
        pairs = ((self.datasets[name], v) for name, v in used.items() if name in self.datasets)
        return tuple(cite(dataset, variables) for dataset, variables in pairs)

    def family(self, indicator: Indicator) -> tuple[Indicator, ...]:
        """Return the near-duplicates of an indicator and itself, the one that counts first."""
        lead = indicator.family or indicator.id
        members = (i for i in self.indicators.values() if i.family == lead)
        return (self.indicators[lead], *members)

    def in_area(self, area: str) -> tuple[Indicator, ...]:
        """Return the indicators of one policy area, in the order of their files."""
        return self._by_area.get(area, ())

    @cached_property
    def _by_area(self) -> dict[str, tuple[Indicator, ...]]:
        names = {indicator.area for indicator in self.indicators.values()}
        return {a: tuple(i for i in self.indicators.values() if i.area == a) for a in names}


def read_catalog(folder: Path) -> Catalog:
    """Read and check a catalogue folder.

    Raises `CatalogError` with every error of its files, each with file, field and reason.
    """
    cycles, cycle_errors = _read_folder(folder / "cycles", Cycle)
    plan, plan_errors = _read_yaml(folder / "plan.yaml", Plan, cycles=list(cycles.values()))
    units, unit_errors = _read_yaml(folder / "units.yaml", Units)
    datasets, dataset_errors = _read_folder(folder / "datasets", Dataset)
    indicators, indicator_errors = _read_indicators(folder / "indicators")
    targets, target_errors = _read_folder(folder / "targets", PlanTargets)
    indicators, unknown_indicators = add_targets(indicators, targets)
    territories, territory_errors = _read_territories(folder / "territory")
    corrections, correction_errors = _read_yaml(folder / "corrections.yaml", Corrections)
    annotations, annotation_errors = _read_yaml(
        folder / "annotations.yaml", Annotations, optional=True
    )
    events, event_errors = _read_yaml(folder / "events.yaml", Events, optional=True)
    glossary, term_errors = _read_yaml(folder / "glossary.yaml", Glossary, optional=True)
    names, name_errors = _read_yaml(folder / "names.yaml", Names, optional=True)
    decks, deck_errors = read_decks(folder / "decks")
    readings, reading_errors = read_readings(folder / "readings")
    errors = [
        *(*cycle_errors, *plan_errors, *unit_errors, *dataset_errors, *indicator_errors),
        *(*territory_errors, *correction_errors, *annotation_errors, *event_errors),
        *(*term_errors, *name_errors, *deck_errors, *target_errors, *unknown_indicators),
        *reading_errors,
    ]
    if (
        errors
        or not (plan and units and corrections and annotations)
        or not (events and glossary and names)
    ):
        raise CatalogError(*errors)
    catalog = Catalog(
        plan=plan,
        units=units.units,
        indicators=inherit_breaks(indicators, datasets),
        datasets=datasets,
        corrections=corrections.corrections,
        annotations=annotations.annotations,
        events=events.events,
        glossary=glossary.terms,
        names=names.names,
        decks=decks,
        readings=readings,
        **territories,
    )
    if errors := list(check_catalog(catalog)):
        raise CatalogError(*errors)
    return catalog


def _read_indicators(folder: Path) -> tuple[dict[str, Indicator], list[Message]]:
    """Return the indicators of the areas' folders, by name; a name is unique in all of them."""
    paths: dict[str, Path] = {}
    indicators: dict[str, Indicator] = {}
    errors: list[Message] = []
    for path in sorted(folder.glob("*/*.yaml")):
        if paths.setdefault(path.stem, path) != path:
            errors.append(message("declared_twice", path=path, other=paths[path.stem]))
            continue
        indicator, more = _read_yaml(path, Indicator, id=path.stem, area=path.parent.name)
        errors += more
        if indicator:
            indicators[path.stem] = indicator
    return indicators, errors


def _read_territories(folder: Path) -> tuple[_Territories, list[Message]]:
    territories, errors = _read_csv(folder / "territories.csv", Territory)
    memberships, membership_errors = _read_csv(folder / "zone_membership.csv", Membership)
    successions, succession_errors = _read_csv(folder / "successions.csv", Succession)
    elsewhere, elsewhere_errors = _read_csv(folder / "elsewhere.csv", Elsewhere, optional=True)
    tables: _Territories = {
        "territories": {t.territory: t for t in territories},
        "memberships": tuple(memberships),
        "successions": tuple(successions),
        "elsewhere": tuple(elsewhere),
    }
    return tables, [*errors, *membership_errors, *succession_errors, *elsewhere_errors]


def _read_folder(folder: Path, model: type[M]) -> tuple[dict[str, M], list[Message]]:
    declarations: dict[str, M] = {}
    errors: list[Message] = []
    for path in sorted(folder.glob("*.yaml")):
        declaration, more = _read_yaml(path, model, id=path.stem)
        errors += more
        if declaration:
            declarations[path.stem] = declaration
    return declarations, errors


def _read_yaml(
    path: Path, model: type[M], *, optional: bool = False, **fields: object
) -> tuple[M | None, list[Message]]:
    """Return the declaration of a file, to which its name or folder adds `fields`; or errors."""
    if optional and not path.exists():
        return model.model_validate(fields), []
    try:
        content = read_yaml(path.read_text(encoding="utf-8")) or {}
        return model.model_validate({**content, **fields}), []
    except (yaml.YAMLError, UnicodeDecodeError, TypeError, OSError) as error:
        return None, [unreadable(path, error)]
    except ValidationError as error:
        return None, list(_explain(str(path), error))


def _read_csv(
    path: Path, model: type[M], *, optional: bool = False
) -> tuple[list[M], list[Message]]:
    if optional and not path.exists():
        return [], []
    try:
        lines = StringIO(path.read_text(encoding="utf-8"), newline="")
    except (UnicodeDecodeError, OSError) as error:
        return [], [unreadable(path, error)]
    rows: list[M] = []
    errors: list[Message] = []
    for line, row in enumerate(csv.DictReader(lines), start=2):
        try:
            rows.append(model.model_validate({k: v or None for k, v in row.items()}))
        except ValidationError as error:
            errors += _explain(f"{path}:{line}", error)
    return rows, errors


def _explain(place: str, error: ValidationError) -> Iterator[Message]:
    for field, reason in field_errors(error):
        yield message("wrong_field", at=place, field=field, said=reason)


class _Territories(TypedDict):
    territories: dict[str, Territory]
    memberships: tuple[Membership, ...]
    successions: tuple[Succession, ...]
    elsewhere: tuple[Elsewhere, ...]
