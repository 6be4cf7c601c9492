"""What pages read of one release, kept for as long as the release is open."""

from __future__ import annotations

from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING

from dashboard import series
from dashboard.outlines import Shapes, read_shapes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from dashboard.series import Change, Point, Series
    from warehouse.declarations.loader import Catalog
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.territories import Territory
    from warehouse.query.store import Store
    from warehouse.release.publish import Manifest


class ReleaseData:
    """One release through the eyes of the pages: series, shapes and project frames.

    A release never changes, so whatever was read once is kept.
    """

    def __init__(
        self, catalog: Catalog, store: Store, releases: Callable[[], tuple[Manifest, ...]]
    ) -> None:
        self.catalog = catalog
        self.store = store
        self.releases = releases
        self.municipal = lru_cache(maxsize=256)(self._municipal)
        self.rows = lru_cache(maxsize=512)(store.rows)

    def ahead(self) -> Iterator[Callable[[], object]]:
        """Yield what reads what pages ask for most: outlines, zones, projects, then indicators."""
        yield self.shapes.document
        yield lambda: self.upper
        for level in ("strategic", "operational"):
            yield partial(self.rows, "portfolio", level=level, today=self.last_told)
        for query in ("funded_totals", "funded_by_zone", "datasets", "audits", "quarantine"):
            yield partial(self.rows, query)
        for indicator in self.indicators:
            yield partial(self.municipal, indicator.id)
            yield partial(self.rows, "files_of", indicator=indicator.id)

    @cached_property
    def last_told(self) -> str:
        """The day, ISO, that the plan's projects last told of, at the latest the release's."""
        released = self.store.manifest.created.date()
        return min(released, self.rows("progress_day")[0]["day"] or released).isoformat()

    @cached_property
    def upper(self) -> Mapping[tuple[str, str], Series]:
        """The series of zones and metropolitan city, by (indicator, territory)."""
        levels = ["zone", "metro", "region", "country"]
        return series.read(self.store.frame("observations_by_level", levels=levels))

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The declared indicators that have a value somewhere, in declared order."""
        known = set(self.store.frame("loaded_indicators")["indicator"])
        return tuple(i for i in self.catalog.indicators.values() if i.id in known)

    @cached_property
    def municipalities(self) -> Mapping[str, tuple[Territory, ...]]:
        """The municipalities of today, by zone, in alphabetical order."""
        found: dict[str, list[Territory]] = {zone.territory: [] for zone in self.catalog.zones}
        for place in self.catalog.municipalities:
            if place.valid_to is None and place.parent in found:
                found[place.parent].append(place)
        return {zone: tuple(sorted(p, key=lambda t: t.name)) for zone, p in found.items()}

    @cached_property
    def shapes(self) -> Shapes:
        """The outlines of municipalities and zones, as SVG paths on one grid."""
        parents = {p.territory: z for z, ps in self.municipalities.items() for p in ps}
        return read_shapes(self.store.frame("territory_geometry"), parents)

    def is_funded_work(self, project: str) -> bool:
        """Say whether a project is a funded work, not one of the plan."""
        return any(row["level"] == "funded" for row in self.rows("project", project=project))

    def series(self, indicator: str, territory: str) -> Series | None:
        """Return one series, whatever the level of the territory."""
        found = self.upper.get((indicator, territory))
        return found or self.municipal(indicator).get((indicator, territory))

    def change(self, found: Series, since: Point | None = None) -> Change | None:
        """Return how the last value of a series changed, against its reference or `since`."""
        indicator = self.catalog.indicators[found.indicator]
        return series.change(found, indicator, self.catalog.units[indicator.unit], since)

    def _municipal(self, indicator: str) -> Mapping[tuple[str, str], Series]:
        frame = self.store.frame("indicator_levels", indicator=indicator, levels=["municipality"])
        return series.read(frame)
