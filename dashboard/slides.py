"""Slides: what a page shows in a room, as values that every format is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BigNumber:
    """The one number of a slide: its value and unit, its place and period, how it changed."""

    value: str
    unit: str
    place: str
    movement: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from zero: `amount` is drawn, `value` is written."""

    label: str
    value: str
    amount: float
    is_highlighted: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A line across the bars, with its name and value written."""

    label: str
    amount: float


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


@dataclass(frozen=True, slots=True)
class Slide:
    """One message: the sentence as title, and bars beside a number, or rows.

    `address` is the page that it shows; `notes` are sentences for the speaker.
    """

    title: str
    tab: str
    address: str
    number: BigNumber | None = None
    bars: tuple[Bar, ...] = ()
    mark: Mark | None = None
    rows: tuple[Row, ...] = ()
    decimals: int = 0  # of the bars
    source: str = ""
    demonstration: bool = False
    notes: tuple[str, ...] = ()
    is_fault: bool = False  # the page cannot be shown, and the title says why

    @property
    def span(self) -> tuple[float, float]:
        """The lowest and highest amount drawn, with zero."""
        amounts = [bar.amount for bar in self.bars] + ([self.mark.amount] if self.mark else [])
        return min([0.0, *amounts]), max([0.0, *amounts])

    def share(self, amount: float) -> float:
        """Return the place of an amount on the scale of the bars, in percent."""
        low, high = self.span
        return 100 * (amount - low) / ((high - low) or 1)
