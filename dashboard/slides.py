"""Slides: what a page shows in a room, as values that every format is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from dashboard.pictures import Picture

JudgementKind = Literal["direction", "target", "reliability", "state"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A sign with its word: a direction, a standing against a target, a reliability, a state.

    `why` is what the word rests on: a change, a distance, the reason of a state.
    """

    kind: JudgementKind
    sign: str
    word: str
    why: str = ""

    @property
    def text(self) -> str:
        """The word and what it rests on."""
        return f"{self.word}: {self.why}" if self.why else self.word


@dataclass(frozen=True, slots=True)
class BigNumber:
    """The one number of a slide: its value and unit, its place and period, how it changed."""

    value: str
    unit: str
    place: str
    movement: str = ""
    signs: tuple[Judgement, ...] = ()  # in place of the movement, which they say


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from zero: `amount` is drawn, `value` is written."""

    label: str
    value: str
    amount: float
    is_highlighted: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A line across the bars, with its name and value written: the mean, or a target."""

    label: str
    amount: float
    kind: Literal["mean", "target"] = "mean"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a slide that lists: what, of which period, how much, how it changed."""

    label: str
    note: str
    value: str
    unit: str = ""
    movement: str = ""
    amount: float | None = None  # the value as a number, where it is one
    decimals: int = 0
    planned: float | None = None  # what the amount should be by now, in the same unit
    signs: tuple[Judgement, ...] = ()


@dataclass(frozen=True, slots=True)
class Slide:
    """One message: the sentence as title, and bars beside a number, or rows.

    `address` is the page that it shows; `notes` are sentences for the speaker; `signs` judge the
    subject of a slide that has rows. `figure` is a panel of the page, in place of numbers and rows.
    """

    title: str
    tab: str
    address: str
    number: BigNumber | None = None
    bars: tuple[Bar, ...] = ()
    marks: tuple[Mark, ...] = ()
    rows: tuple[Row, ...] = ()
    plan_name: str = ""  # what `planned` of the rows is
    signs: tuple[Judgement, ...] = ()
    decimals: int = 0  # of the bars
    source: str = ""
    demonstration: bool = False
    notes: tuple[str, ...] = ()
    figure: Picture | None = None
    is_fault: bool = False  # the page cannot be shown, and the title says why

    @property
    def span(self) -> tuple[float, float]:
        """The lowest and highest amount drawn, with zero."""
        amounts = [bar.amount for bar in self.bars] + [mark.amount for mark in self.marks]
        return min([0.0, *amounts]), max([0.0, *amounts])

    def share(self, amount: float) -> float:
        """Return the place of an amount on the scale of the bars, in percent."""
        low, high = self.span
        return 100 * (amount - low) / ((high - low) or 1)

    @property
    def has_plan(self) -> bool:
        """Say whether rows are drawn as bars against what was planned."""
        return any(row.planned is not None for row in self.rows)
