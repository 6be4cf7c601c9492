"""Words of one change, and what values and projects have in common in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.context import Context


@dataclass(frozen=True, slots=True)
class Words:
    """A change in words: `brief` is all of it as part of the page's title.

    `sign_before` and `sign_after` are shapes of `macros/icons.html`, empty where no judgement is
    made; `number_before` and `number_after` are the values without their formats.
    """

    title: str
    path: str
    detail: str
    before: str
    after: str
    difference: str
    reason: str
    brief: str
    chart: str
    sign_before: str = ""
    sign_after: str = ""
    demonstration: bool = False
    number_before: float | None = None
    number_after: float | None = None


def area_number(context: Context, area: str | None) -> str:
    """Write the number of a policy area: `ambito 5`; empty for none."""
    names = [node.id for node in context.catalog.areas]
    return context.text("news.area", n=names.index(area) + 1) if area in names else ""


def joined(*parts: str) -> str:
    """Join what is not empty."""
    return " · ".join(part for part in parts if part)


def times_usual(context: Context, ratio: float | None, usual: str) -> str:
    """Say how many times the usual variation a change is, or that it is unknown."""
    if ratio is None:
        return context.text("news.no_usual")
    return context.text("news.times_usual", times=context.format.number(ratio, 1), usual=usual)
