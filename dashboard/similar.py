"""Municipalities like one another, by standardised distance over named criteria."""

from __future__ import annotations

from dataclasses import dataclass
from math import log, sqrt
from statistics import fmean, pstdev
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.release_data import ReleaseData

# A criterion: the indicators that measure it, the first loaded one is used. Size and density are
# compared as logarithms, since twice as large is the same step for small and large places.
CRITERIA: Mapping[str, tuple[str, ...]] = {
    "size": ("resident_population",),
    "density": ("population_density",),
    "age": ("mean_age", "ageing_index"),
    "income": ("mean_taxable_income", "taxable_income_per_inhabitant"),
    "containment": ("work_outside_municipality", "jobs_held_by_residents"),
}
LOGARITHMIC = frozenset({"size", "density"})


@dataclass(frozen=True, slots=True)
class Likeness:
    """A municipality and its distance in standard deviations (root mean square of criteria)."""

    place: str
    distance: float


def measures(data: ReleaseData) -> dict[str, str]:
    """Return the criteria that this release can measure, each with its indicator."""
    loaded = {indicator.id for indicator in data.indicators}
    names = {
        criterion: next((name for name in names if name in loaded), "")
        for criterion, names in CRITERIA.items()
    }
    return {criterion: name for criterion, name in names.items() if name}


def standardised(data: ReleaseData, criterion: str, indicator: str) -> dict[str, float]:
    """Return the last values of the municipalities, less their mean, in standard deviations."""
    lines = data.municipal_series(indicator)
    current = {p.territory for places in data.municipalities.values() for p in places}
    values = {code: line.last_value for (_, code), line in lines.items() if code in current}
    if criterion in LOGARITHMIC:
        values = {code: log(value) for code, value in values.items() if value > 0}
    spread = pstdev(values.values()) if values else 0
    if not spread:
        return {}
    mean = fmean(values.values())
    return {code: (value - mean) / spread for code, value in values.items()}


def similar(data: ReleaseData, place: str, criteria: Sequence[str]) -> list[Likeness]:
    """Return the other municipalities, the most similar first; those without a figure are out."""
    names = measures(data)
    scales = [standardised(data, c, names[c]) for c in criteria if c in names]
    scales = [scale for scale in scales if place in scale]
    if not scales:
        return []
    codes = set.intersection(*(set(scale) for scale in scales)) - {place}
    distances = (
        Likeness(code, sqrt(fmean((scale[code] - scale[place]) ** 2 for scale in scales)))
        for code in codes
    )
    return sorted(distances, key=lambda likeness: (likeness.distance, likeness.place))
