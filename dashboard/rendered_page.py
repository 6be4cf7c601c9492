"""A page as a tree of components, and all that decides it."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from dash.development.base_component import Component

from dashboard.components.page_component import PageComponent
from dashboard.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Hashable

    from dashboard.release_data import ReleaseData

BYTES_PER_CHARACTER = 4  # of Python's objects, per character of the answer made of them


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page as a tree; `leaves`: the ids of what the browser may change in place, else none.

    `address` is its own without what it ignores; `version` names the published release and the
    code.
    """

    panels: list[Component]
    leaves: tuple[str, ...]
    view: str
    chrome: str
    search: str
    release: str = ""
    status: HTTPStatus = HTTPStatus.OK
    address: str = ""
    version: str = ""

    @property
    def signature(self) -> str:
        """What two pages must share for one to be changed into the other in place.

        The release among it: a page never mixes two, whichever worker answers.
        """
        return " ".join([self.view, self.release, *self.leaves]) if self.leaves else ""


@dataclass(frozen=True, slots=True)
class Question:
    """All that decides a page: a selection in one release, the published one and its problems.

    `unknown` is the release that the address names, where there is none of that name.
    """

    data: ReleaseData
    selection: Selection
    current: str
    problems: tuple[str, ...]
    unknown: str = ""

    @property
    def is_plain(self) -> bool:
        """Say whether it asks for a page as the map of the site lists it, of the release today."""
        plain = Selection(path=self.selection.path, lang=self.selection.lang)
        is_today = self.data.store.release == self.current
        return is_today and self.selection == plain and not self.problems and not self.unknown

    @property
    def key(self) -> Hashable:
        """What the page is kept by."""
        return self.data.store.release, self.selection, self.current, self.problems


def size_of(page: RenderedPage) -> int:
    """Return about how many bytes a page takes."""
    return BYTES_PER_CHARACTER * (_characters(page.panels) + len(page.chrome))


def _characters(value: object) -> int:
    """Return about how many characters a value takes in an answer."""
    match value:
        case str():
            return len(value)
        case PageComponent():
            return sum(_characters(getattr(value, name, "")) for name in value.properties)
        case Component():
            return _characters(getattr(value, "children", None))
        case list() | tuple():
            return sum(map(_characters, value))
        case _:
            return len(repr(value))  # plain values
