"""Data of one release as the pages read it, cached while the release is open."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, TypeVar

from dashboard import series
from dashboard.bounded_cache import BoundedCache, size_of_rows
from dashboard.comparisons import Comparisons
from dashboard.series_batches import batch_of_each, read_batch
from dashboard.status import TargetStanding, read_statuses
from warehouse.declarations.freshness import is_current
from warehouse.declarations.single_readings import with_years
from warehouse.errors import ReleaseError
from warehouse.periods import read_day
from warehouse.query.past_signs import target_signs

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping
    from datetime import date

    from dashboard.outlines import Shapes
    from dashboard.points import Point
    from dashboard.series import Change, Lines, Series
    from dashboard.status import Sign, Status
    from warehouse.batching import Batch
    from warehouse.declarations.loader import Catalog
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.territories import Territory
    from warehouse.query.store import Store
    from warehouse.release.publish import Manifest
    from warehouse.release.serving import ReleaseState

Compared = TypeVar("Compared")
Result = TypeVar("Result")

AGGREGATES = ["zone", "metro", "region", "country"]  # levels of territories
MOST_COMPARISONS = 8  # with earlier releases
MOST_SERIES = 512  # batches of indicators
MOST_PLACES = 64  # municipalities whose statuses are kept
MOST_RESULTS = 4_096  # of computations that pages have in common
RELEASES_OF_A_SIGN = 4  # in which a target's sign is shown


class ReleaseData:
    """The series, shapes and rows of one release.

    A release never changes, so each is read once.
    """

    def __init__(
        self,
        catalog: Catalog,
        store: Store,
        releases: Callable[[], tuple[Manifest, ...]],
        budget: int = 32 << 20,
        open_release: Callable[[str], ReleaseData] | None = None,
        state: Callable[[], ReleaseState] | None = None,
    ) -> None:
        """Read of `store`; the rows of queries are kept within `budget` bytes.

        `open_release` opens another release, to compare this one with; `state` tells which one
        answers by default, and why.
        """
        self._declared = catalog
        self.store = store
        self.releases = releases
        self._open_release = open_release
        self._state = state
        self._comparisons = BoundedCache[Any](MOST_COMPARISONS)
        self._rows = BoundedCache[list[dict[str, Any]]](budget, size_of_rows)
        self._series = BoundedCache["Mapping[str, Lines]"](MOST_SERIES)
        self._statuses = BoundedCache["Mapping[tuple[str, str], Status]"](MOST_PLACES)
        self._results = BoundedCache[Any](MOST_RESULTS)

    @cached_property
    def catalog(self) -> Catalog:
        """The declarations, with the year in the titles of old single readings."""
        return with_years(self._declared, self.rows("loaded_indicators"))

    def rows(self, query: str, **parameters: object) -> list[dict[str, Any]]:
        """Return the rows of a named query; they are shared, nobody changes them."""
        key = query, *sorted(parameters.items())
        return self._rows.get(key, partial(self.store.rows, query, **parameters))

    def once(self, compute: Callable[..., Result], *arguments: Hashable) -> Result:
        """Return `compute(self, *arguments)`, computed once; what it returns nobody changes.

        It depends on the release and the arguments alone.
        """
        return self.keep((compute, *arguments), partial(compute, self, *arguments))

    def keep(self, key: Hashable, compute: Callable[[], Result]) -> Result:
        """Return the result of `key`, computed once."""
        result: Result = self._results.get(key, compute)
        return result

    def problems(self, language: str) -> tuple[str, ...]:
        """Return why another release answers than the one that should, if so."""
        return self._state().problems(language) if self._state else ()

    def municipal_series(self, indicator: str) -> Lines:
        """Return the series of the municipalities by (indicator, territory)."""
        if not (batch := self._batches.get(indicator)):
            return {}
        lines = self._series.get(batch, partial(read_batch, self.store, batch))
        return lines.get(indicator, {})

    def earlier_releases(self) -> tuple[Manifest, ...]:
        """Return the releases made before this one, the newest first."""
        created = self.store.manifest.created, self.store.release
        return tuple(m for m in self.releases() if (m.created, m.release) < created)

    def release_since(self, text: str | None) -> Manifest | None:
        """Return the earlier release that `text` names, by its id or as what held on an ISO day.

        By default the one before; of a day before the first release, the first. None where no
        earlier release has that name.
        """
        earlier = self.earlier_releases()
        if not text:
            return earlier[0] if earlier else None
        if day := read_day(text):
            held = (m for m in earlier if m.created.date() <= day)
            return next(held, earlier[-1] if earlier else None)
        return next((m for m in earlier if m.release == text), None)

    def earlier(self, text: str | None = None) -> ReleaseData | None:
        """Return the data of the earlier release that `text` names, by default the one before."""
        before = self.release_since(text)
        if before is None or self._open_release is None:
            return None
        try:
            return self._open_release(before.release)
        except ReleaseError:  # removed or damaged since the list was read
            return None

    def compared(
        self, text: str | None, compare: Callable[[ReleaseData, ReleaseData], Compared]
    ) -> Compared | None:
        """Return what `compare` finds between an earlier release and this one, computed once.

        It may refer to neither, or it would keep their memory when they are let go.
        """
        before = self.release_since(text)

        def compute() -> Compared | None:
            earlier = self.earlier(before.release) if before else None
            try:
                return compare(earlier, self) if earlier else None
            except ReleaseError:  # removed or damaged since it was opened
                return None

        return self._comparisons.get((before.release, compare), compute) if before else None

    @cached_property
    def last_report(self) -> str:
        """The ISO day of the last progress report, at the latest the release's own."""
        released = self.store.manifest.created.date()
        return min(released, self.rows("progress_day")[0]["day"] or released).isoformat()

    @cached_property
    def invented_projects(self) -> frozenset[str]:
        """The projects of the plan that have facts made for demonstration."""
        return frozenset(row["project"] for row in self.rows("invented_projects"))

    @cached_property
    def aggregate_series(self) -> Lines:
        """The series of zones, metropolitan city, region and country by (indicator, territory)."""
        return series.read(self.store.columns("observations_by_level", levels=AGGREGATES))

    @cached_property
    def comparisons(self) -> Comparisons:
        """The comparisons of incomplete periods."""
        return Comparisons(self.store.columns("comparisons"))

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The declared indicators that have a value somewhere, in declared order."""
        loaded = {row["indicator"] for row in self.rows("loaded_indicators")}
        return tuple(i for i in self.catalog.indicators.values() if i.id in loaded)

    @cached_property
    def _batches(self) -> Mapping[str, Batch]:
        return batch_of_each(self.rows("loaded_indicators"))

    @cached_property
    def published(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """The periods whose value is the provider's and no sum, by (indicator, territory)."""
        periods: dict[tuple[str, str], tuple[str, ...]] = {}
        for row in self.store.rows("published_values"):
            key = row["indicator"], row["territory"]
            periods[key] = (*periods.get(key, ()), row["period"])
        return periods

    @property
    def municipalities(self) -> Mapping[str, tuple[Territory, ...]]:
        """The present municipalities, by zone, in alphabetical order."""
        return self.catalog.municipalities_by_zone

    @cached_property
    def shapes(self) -> Shapes:
        """The outlines of municipalities and zones, as SVG paths on one grid."""
        from dashboard.outlines import read_shapes  # noqa: PLC0415  # stored pages have them

        parents = {p.territory: z for z, ps in self.municipalities.items() for p in ps}
        return read_shapes(self.store.columns("territory_geometry"), parents)

    def is_funded_work(self, project: str) -> bool:
        """Say whether a project is a funded work, not one of the plan."""
        return any(row["level"] == "funded" for row in self.rows("project", project=project))

    def aggregate(self, indicator: str, territory: str) -> Series | None:
        """Return one series of a zone, the metropolitan city, the region or the country."""
        return self.aggregate_series.get((indicator, territory))

    def series(self, indicator: str, territory: str) -> Series | None:
        """Return one series, whatever the level of the territory."""
        key = indicator, territory
        return self.aggregate_series.get(key) or self.municipal_series(indicator).get(key)

    def values(
        self, indicator: str, places: Iterable[Territory], period: str | None
    ) -> dict[str, float]:
        """Return the values of `places`, of any level, in `period`, by territory."""
        aggregates, municipal = self.aggregate_series, self.municipal_series(indicator)
        values: dict[str, float] = {}
        for place in places:
            key = indicator, place.territory
            line = municipal.get(key) or aggregates.get(key)
            if line and period and (value := line.value(period)) is not None:
                values[place.territory] = value
        return values

    def change(self, line: Series, since: Point | None = None) -> Change | None:
        """Return how the last value of a series changed, against its reference or `since`."""
        before = since or line.reference
        if before is None:
            return None
        indicator = self.catalog.indicators[line.indicator]
        key = (line.indicator, line.territory, before.period, line.last_period)
        unit = self.catalog.units[indicator.unit]
        is_usual = since is None or since == line.reference
        direction = self.sign(line.indicator, line.territory) if is_usual else "none"
        return series.change(line, indicator, unit, before, self.comparisons.get(*key), direction)

    @cached_property
    def aggregate_statuses(self) -> Mapping[tuple[str, str], Status]:
        """The statuses of zones, metropolitan city, region and country."""
        return read_statuses(self.store.rows("statuses", levels=AGGREGATES))

    def status(self, indicator: str, territory: str) -> Status | None:
        """Return the status of an indicator in a territory; None in a release without it."""
        key = indicator, territory
        if self.catalog.territories[territory].level != "municipality":
            return self.aggregate_statuses.get(key)
        read = partial(self.store.rows, "statuses_in", territory=territory)
        return self._statuses.get(territory, lambda: read_statuses(read())).get(key)

    def sign(self, indicator: str, territory: str) -> Sign:
        """Return the sign of a series' direction."""
        status = self.status(indicator, territory)
        return status.direction if status else "none"

    def target_signs(self, indicator: str, territory: str) -> tuple[tuple[date, str | None], ...]:
        """Return day and target's sign of the last releases up to this one, the oldest first."""
        key = indicator, territory
        status = self.status(*key)
        now = self.store.manifest.created.date(), status.target_sign if status else None
        before = [(day, signs.get(key)) for day, signs in self._signs_before]
        return (*before, now)

    @cached_property
    def _signs_before(self) -> list[tuple[date, Mapping[tuple[str, str], str | None]]]:
        """The targets' signs of the releases before this one that have statuses."""
        folders = self.store.folder.parent
        earlier = self.earlier_releases()[: RELEASES_OF_A_SIGN - 1]
        read = ((m.created.date(), target_signs(folders / m.release)) for m in earlier)
        return [(day, signs) for day, signs in read if signs][::-1]

    def standings(self, indicator: str, territory: str) -> tuple[TargetStanding, ...]:
        """Return where the last value stands against each target of an indicator."""
        return self._standings.get((indicator, territory), ())

    @cached_property
    def _standings(self) -> Mapping[tuple[str, str], tuple[TargetStanding, ...]]:
        """All of them in one query: one for each indicator takes longer than drawing them."""
        standings: dict[tuple[str, str], tuple[TargetStanding, ...]] = {}
        for row in self.store.rows("target_statuses"):
            key = row["indicator"], row["territory"]
            standings[key] = (*standings.get(key, ()), TargetStanding(**row))
        return standings

    def is_current(self, line: Series) -> bool:
        """Say whether the last value of a series is as recent as its source's cadence allows."""
        indicator = self.catalog.indicators[line.indicator]
        cadence = self.catalog.datasets[indicator.datasets[0]].cadence
        return is_current(line.last_period, cadence, self.store.manifest.created.date())
