"""The list of what changed between two releases, by kind, area, territory and project."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from dashboard.news.projects import MovedProject, moved_projects
from warehouse.query.between import MovedSign, MovedValue, differences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dashboard.release_data import ReleaseData
    from warehouse.release.manifest import Manifest

Kind = Literal["new", "revision", "method", "sign", "target", "project"]
KINDS: tuple[Kind, ...] = ("new", "revision", "method", "sign", "target", "project")
WEIGHTIEST: tuple[Kind, ...] = ("target", "sign", "project", "method", "new", "revision")
JUDGED = frozenset({"metro", "zone"})  # levels whose signs are listed one by one
KIND_OF: dict[str, Kind] = {
    "new_period": "new",
    "revised": "revision",
    "dropped": "revision",
    "status": "revision",
    "method": "method",
    "boundary": "method",
}
LEVELS = ("metro", "zone", "municipality", "region", "country")  # the first stands for the others


@dataclass(frozen=True, slots=True)
class Scope:
    """What the list is about; everything where nothing is selected."""

    area: str | None = None
    territory: str | None = None
    indicator: str | None = None
    project: str | None = None


@dataclass(frozen=True, slots=True)
class MovedTarget:
    """The territories of one level that reached an indicator's target since, or no longer do."""

    indicator: str
    level: str
    reached: tuple[str, ...]
    lost: tuple[str, ...]
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class NewsItem:
    """A series or a project that changed, under one kind; `ratio` is what the list is sorted by."""

    kind: Kind
    areas: tuple[str, ...]
    ratio: float | None
    subject: MovedValue | MovedProject | MovedTarget
    sign: MovedSign | None = None

    @property
    def value(self) -> MovedValue | None:
        """The series; None where a project changed, or many municipalities."""
        return self.subject if isinstance(self.subject, MovedValue) else None

    @property
    def relative(self) -> float:
        """The size of the change against the value before; sorts what has no ratio."""
        value = self.value
        if value is None or value.before is None or value.after is None:
            return 0.0
        return abs(value.after - value.before) / (abs(value.before) or 1.0)

    @property
    def order(self) -> tuple[bool, float, int, float]:
        """The farthest from its usual variation first, then by kind and relative size."""
        return self.ratio is None, -(self.ratio or 0), WEIGHTIEST.index(self.kind), -self.relative


@dataclass(frozen=True, slots=True)
class News:
    """The changes from an earlier release to another: series and projects."""

    before: Manifest
    values: tuple[MovedValue, ...]
    projects: tuple[MovedProject, ...]
    signs: Mapping[tuple[str, str], MovedSign] = field(default_factory=dict)

    def of_indicator(self, indicator: str) -> tuple[MovedValue, ...]:
        """Return the series of an indicator that differ, of every territory."""
        return tuple(value for value in self.values if value.indicator == indicator)


def news_since(data: ReleaseData, release: str | None = None) -> News | None:
    """Return the changes since an earlier release, by default the one before.

    None where there is no earlier release of that name.
    """
    return data.compared(release, _compare)


def _compare(before: ReleaseData, after: ReleaseData) -> News:
    """Return the changes of the indicators and territories that are declared."""
    indicators, territories = after.catalog.indicators, after.catalog.territories
    differing = differences(before.store, after.store)
    values = (
        value
        for value in differing.values
        if value.indicator in indicators and value.territory in territories
    )
    signs = {
        (sign.indicator, sign.territory): sign
        for sign in differing.signs
        if sign.indicator in indicators and sign.territory in territories
    }
    return News(before.store.manifest, tuple(values), moved_projects(before, after), signs)


def items(data: ReleaseData, news: News, scope: Scope | None = None) -> tuple[NewsItem, ...]:
    """Return what changed within a scope, the farthest from its usual variation first.

    Without a territory one series stands for all of its indicator: the metropolitan city's, else
    that of the zone or municipality that moved most.
    """
    scope = scope or Scope()
    changes = [*_value_items(data, news, scope), *_project_items(data, news, scope)]
    return tuple(sorted(changes, key=lambda item: item.order))


def _value_items(data: ReleaseData, news: News, scope: Scope) -> Iterator[NewsItem]:
    """Yield what changed in series, each once: a target, else a sign, else its values."""
    if scope.project:
        return
    signs = [*_sign_items(data, news, scope), *_target_items(data, news, scope)]
    listed = {(i.value.indicator, i.value.territory) for i in signs if i.value}
    values = (
        NewsItem(
            KIND_OF[value.kind],
            (data.catalog.indicators[value.indicator].area,),
            value.ratio,
            value,
            news.signs.get((value.indicator, value.territory)),
        )
        for value in _series(data, news, scope.territory)
        if (value.indicator, value.territory) not in listed
    )
    for item in (*signs, *values):
        indicator = item.subject.indicator if not isinstance(item.subject, MovedProject) else None
        if scope.indicator in {None, indicator} and scope.area in {None, *item.areas}:
            yield item


def _sign_items(data: ReleaseData, news: News, scope: Scope) -> Iterator[NewsItem]:
    """Yield the signs and targets of the city and its zones, or of the selected territory."""
    values = {(value.indicator, value.territory): value for value in news.values}
    for key, sign in news.signs.items():
        level = data.catalog.territories[sign.territory].level
        is_visible = sign.territory == scope.territory if scope.territory else level in JUDGED
        if is_visible and (sign.has_flipped or sign.has_passed):
            value = values.get(key) or _unchanged(sign)
            area = data.catalog.indicators[sign.indicator].area
            kind: Kind = "target" if sign.has_passed else "sign"
            yield NewsItem(kind, (area,), value.ratio, value, sign)


def _unchanged(sign: MovedSign) -> MovedValue:
    """Return the value of a sign that flipped by another rule, floor or target alone."""
    return MovedValue(
        sign.indicator, sign.territory, "status", sign.period_before, sign.period_after,
        sign.value_before, sign.value_after, cells=0, revised=0, steps=1, usual=None, pairs=None,
        ratio=None,
    )  # fmt: skip


def _target_items(data: ReleaseData, news: News, scope: Scope) -> Iterator[NewsItem]:
    """Yield the indicators whose target municipalities passed, counted over all of them."""
    if scope.territory:
        return
    for indicator in sorted({sign.indicator for sign in news.signs.values() if sign.has_passed}):
        judged = [
            sign
            for sign in news.signs.values()
            if sign.indicator == indicator
            and data.catalog.territories[sign.territory].level == "municipality"
            and sign.target_before
            and sign.target_after
        ]
        passed = [sign for sign in judged if sign.has_passed]
        if passed:
            target = MovedTarget(
                indicator,
                "municipality",
                tuple(s.territory for s in passed if s.target_after == "reached"),
                tuple(s.territory for s in passed if s.target_before == "reached"),
                sum(s.target_before == "reached" for s in judged),
                sum(s.target_after == "reached" for s in judged),
            )
            yield NewsItem("target", (data.catalog.indicators[indicator].area,), None, target)


def _series(data: ReleaseData, news: News, territory: str | None) -> Iterable[MovedValue]:
    if territory:
        return [value for value in news.values if value.territory == territory]
    chosen: dict[str, MovedValue] = {}
    for value in news.values:
        other = chosen.get(value.indicator)
        if other is None or _level(data, value) < _level(data, other):
            chosen[value.indicator] = value
    return chosen.values()


def _level(data: ReleaseData, value: MovedValue) -> int:
    return LEVELS.index(data.catalog.territories[value.territory].level)


def _project_items(data: ReleaseData, news: News, scope: Scope) -> Iterator[NewsItem]:
    if scope.indicator:
        return
    places = _projects_in(data, scope.territory) if scope.territory else None
    for moved in news.projects:
        name, areas = moved.row["project"], tuple((moved.row["areas"] or "").split())
        is_in = scope.project in {None, name} and (places is None or name in places)
        if is_in and (scope.area is None or scope.area in areas):
            yield NewsItem("project", areas, moved.ratio, moved)


def _projects_in(data: ReleaseData, territory: str) -> set[str]:
    """Return the projects in a territory; the whole city has all of them."""
    rows = data.rows("projects_of_territory", territory=territory)
    is_metro = territory == data.catalog.metro.territory
    return {row["project"] for row in rows if is_metro or row["local"]}
