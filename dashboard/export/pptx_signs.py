"""Signs of judgements as native shapes of PowerPoint, drawn as on the pages, each with its word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Emu

from dashboard.export.pptx_shapes import colour, describe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pptx.shapes.autoshape import Shape
    from pptx.shapes.shapetree import GroupShapes
    from pptx.slide import Slide as Page

    from dashboard.slides import Judgement

GRID = 14  # the signs are drawn in a square of 14 by 14, like those of the pages
KINDS = {"better": "good", "stable": "steady", "worse": "att"}
MISSED = {"missed", "far", "away", "slow"}
STEPS = {"solid": 3, "caution": 2, "small": 1}


class Pen:
    """Draws on the square of one sign: places are of the grid."""

    def __init__(self, shapes: GroupShapes, left: int, top: int, size: int) -> None:
        """Draw into a group whose square begins at `left` and `top`."""
        self._shapes, self._left, self._top, self._unit = shapes, left, top, size / GRID

    def fill(self, kind: MSO_SHAPE, token: str, box: tuple[float, float, float, float]) -> None:
        """Draw a filled shape."""
        shape = self._shape(kind, box)
        shape.fill.solid()
        shape.fill.fore_color.rgb = colour(token)
        shape.line.fill.background()

    def outline(
        self,
        kind: MSO_SHAPE,
        token: str,
        box: tuple[float, float, float, float],
        *,
        dashed: bool = False,
    ) -> None:
        """Draw the edge of a shape."""
        shape = self._shape(kind, box)
        shape.fill.background()
        self._stroke(shape, token, 1.4)
        if dashed:
            shape.line.dash_style = MSO_LINE_DASH_STYLE.SQUARE_DOT

    def stroke(self, points: Sequence[tuple[float, float]], token: str) -> None:
        """Draw a line through points."""
        places = [(self._left + x * self._unit, self._top + y * self._unit) for x, y in points]
        builder = self._shapes.build_freeform(*map(round, places[0]))
        builder.add_line_segments([(round(x), round(y)) for x, y in places[1:]], close=False)
        shape = builder.convert_to_shape()
        shape.fill.background()
        shape.shadow.inherit = False
        self._stroke(shape, token, 1.8)

    def _shape(self, kind: MSO_SHAPE, box: tuple[float, float, float, float]) -> Shape:
        x, y, width, height = (value * self._unit for value in box)
        place = (self._left + x, self._top + y, width, height)
        shape = self._shapes.add_shape(kind, *(Emu(round(value)) for value in place))
        shape.shadow.inherit = False
        return shape

    def _stroke(self, shape: Shape, token: str, width: float) -> None:
        shape.line.color.rgb = colour(token)
        shape.line.width = Emu(round(width * self._unit))


def add_sign(page: Page, judgement: Judgement, left: int, top: int, size: int) -> None:
    """Draw the sign of a judgement as a group; its word is the alternative text."""
    group = page.shapes.add_group_shape()
    pen = Pen(group.shapes, left, top, size)
    if judgement.kind == "target":
        _target(pen, judgement.sign)
    elif judgement.kind == "reliability":
        _steps(pen, judgement.sign)
    else:
        _direction(pen, KINDS.get(judgement.sign, judgement.sign))
    group.name = judgement.word
    describe(group, judgement.text)


def _direction(pen: Pen, kind: str) -> None:
    """Draw a disc with a tick, a square with a bar, a diamond with a mark, or a ring."""
    if kind == "good":
        pen.fill(MSO_SHAPE.OVAL, "good", (0.5, 0.5, 13, 13))
        pen.stroke([(3.8, 7.2), (6, 9.4), (10.2, 4.8)], "card")
    elif kind == "att":
        pen.fill(MSO_SHAPE.DIAMOND, "att", (0.3, 0.3, 13.4, 13.4))
        pen.stroke([(7, 3.6), (7, 7.6)], "card")
        pen.stroke([(7, 9.3), (7, 10.6)], "card")
    elif kind == "steady":
        pen.fill(MSO_SHAPE.RECTANGLE, "steady", (1, 1, 12, 12))
        pen.stroke([(4, 7), (10, 7)], "card")
    else:
        pen.outline(MSO_SHAPE.OVAL, "ink2", (1.2, 1.2, 11.6, 11.6), dashed=kind == "small")


def _target(pen: Pen, sign: str) -> None:
    """Draw a ring with a full dot, a small one on the way, or a diamond."""
    pen.outline(MSO_SHAPE.OVAL, "ink2", (1, 1, 12, 12))
    if sign == "reached":
        pen.fill(MSO_SHAPE.OVAL, "good", (3.4, 3.4, 7.2, 7.2))
    elif sign == "on_track":
        pen.fill(MSO_SHAPE.OVAL, "good", (5, 5, 4, 4))
    elif sign in MISSED:
        pen.fill(MSO_SHAPE.DIAMOND, "att", (3.4, 3.4, 7.2, 7.2))


def _steps(pen: Pen, sign: str) -> None:
    """Draw three steps, full as far as the value can be relied upon."""
    for n in range(3):
        token = "ink2" if n < STEPS.get(sign, 0) else "fill"
        pen.fill(MSO_SHAPE.RECTANGLE, token, (n * 5, 9 - n * 4, 3.6, 5 + n * 4))
