"""Projects of the plan whose state, progress, milestones or money differ between two releases."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import mean
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from dashboard.release_data import ReleaseData

LEVELS = ("strategic", "operational")
LEAST_PROGRESS = 0.005  # of the whole; less is not printed as a percent
LEAST_MONEY = 50_000  # euro; less is not printed as a tenth of a million
FEWEST_PAIRS = 3  # of earlier reports, from which a usual change is known

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class MovedMilestone:
    """A milestone that was reached, or whose expected end is another; titles by language."""

    title: Mapping[str, str]
    before: date | None
    after: date | None

    @property
    def is_later(self) -> bool:
        """Say whether the milestone is now expected later than before."""
        return bool(self.before and self.after and self.after > self.before)


@dataclass(frozen=True, slots=True)
class MovedProject:
    """A project in two releases; `before` is None for a new one, `after` for one that is gone.

    Both are rows of `progress_at`. `usual` is the mean size of earlier changes of its progress
    over as many reports as there are between the two, `ratio` the change against it.
    """

    before: Row | None
    after: Row | None
    reached: tuple[MovedMilestone, ...] = ()
    shifted: tuple[MovedMilestone, ...] = ()
    usual: float | None = None
    ratio: float | None = None

    @property
    def row(self) -> Row:
        """The project as it is now, else as it was."""
        return self.after or self.before or {}

    def difference(self, column: str) -> float | None:
        """Return how much a figure is larger than before; None where it was or is unknown."""
        values = [row[column] if row else None for row in (self.before, self.after)]
        old, new = values
        return None if old is None or new is None else float(new) - float(old)

    @property
    def has_moved(self) -> bool:
        """Say whether anything but the passing of days differs."""
        if self.before is None or self.after is None:
            return True
        progress, money = self.difference("physical"), self.difference("funding_total")
        paid = self.difference("paid")
        return bool(
            self.before["state"] != self.after["state"]
            or self.reached
            or self.shifted
            or (self.before["physical"] is None) != (self.after["physical"] is None)
            or abs(progress or 0) >= LEAST_PROGRESS
            or abs(money or 0) >= LEAST_MONEY
            or abs(paid or 0) >= LEAST_MONEY
        )


def moved_projects(before: ReleaseData, after: ReleaseData) -> tuple[MovedProject, ...]:
    """Return the projects that differ, each release on the day of its last report."""
    old, new = _State.read(before), _State.read(after)
    projects = (_compared(name, old, new) for name in {**new.projects, **old.projects})
    return tuple(project for project in projects if project.has_moved)


@dataclass(frozen=True, slots=True)
class _State:
    """The projects of a release with their milestones and the progress of each report."""

    projects: Mapping[str, Row]
    milestones: Mapping[str, Sequence[Row]]
    history: Mapping[str, Sequence[float]]

    @staticmethod
    def read(data: ReleaseData) -> _State:
        milestones: dict[str, list[Row]] = {}
        for row in data.rows("milestones_at", today=data.last_report):
            milestones.setdefault(row["project"], []).append(row)
        history: dict[str, list[float]] = {}
        for row in data.rows("progress_history", today=data.last_report):
            history.setdefault(row["project"], []).append(row["physical"])
        return _State(_by_project(data), milestones, history)


def _by_project(data: ReleaseData) -> dict[str, Row]:
    rows = (
        row
        for level in LEVELS
        for row in data.rows("portfolio", level=level, today=data.last_report)
    )
    return {row["project"]: row for row in rows}


def _compared(name: str, before: _State, after: _State) -> MovedProject:
    old, new = before.projects.get(name), after.projects.get(name)
    if old is None or new is None:
        return MovedProject(old, new)
    milestones = list(_milestones(before.milestones.get(name, ()), after.milestones.get(name, ())))
    history = before.history.get(name, ())
    usual = _usual(history, max(1, len(after.history.get(name, ())) - len(history)))
    progress = MovedProject(old, new).difference("physical")
    ratio = abs(progress) / max(usual, LEAST_PROGRESS) if usual is not None and progress else None
    return MovedProject(
        old,
        new,
        reached=tuple(m for m, is_reached in milestones if is_reached),
        shifted=tuple(m for m, is_reached in milestones if not is_reached),
        usual=usual,
        ratio=ratio,
    )


def _usual(history: Sequence[float], steps: int) -> float | None:
    """Return the mean size of the changes over as many steps; None from too few of them."""
    changes = [abs(b - a) for a, b in zip(history, history[steps:], strict=False)]
    return mean(changes) if len(changes) >= FEWEST_PAIRS else None


def _milestones(
    before: Sequence[Row], after: Sequence[Row]
) -> Iterator[tuple[MovedMilestone, bool]]:
    """Yield the milestones that were reached or expected for another day, and whether reached."""
    old = {row["milestone"]: row for row in before}
    for row in after:
        earlier = old.get(row["milestone"])
        if earlier is None:
            continue
        title = {language: row[f"title_{language}"] for language in ("it", "en")}
        if row["actual_end"] and not earlier["actual_end"]:
            yield MovedMilestone(title, earlier["planned_end"], row["actual_end"]), True
        elif not row["actual_end"] and row["planned_end"] != earlier["planned_end"]:
            yield MovedMilestone(title, earlier["planned_end"], row["planned_end"]), False
