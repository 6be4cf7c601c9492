"""Pictures: a chart of a page as a drawing of its own, with the words that go with it."""

from __future__ import annotations

from dataclasses import dataclass

WIDTH = 1120  # of the drawing, in pixels


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart to be saved: `drawing` is SVG, `WIDTH` wide and `height` high, from 0, 0.

    `title` is the sentence, `subtitle` says what is drawn: name, unit, period. Colours are custom
    properties of the style sheet, classes those of the page.
    """

    title: str
    subtitle: str
    drawing: str
    height: float
    source: str
    demonstration: bool = False
