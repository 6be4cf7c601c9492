"""Registries of panels and headings; each page registers its own when it is imported.

The pages are imported when one of them is looked up: a server that starts does not wait for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from dashboard.pictures import PICTURED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dash.development.base_component import Component

    from dashboard.context import Context
    from dashboard.pictures import Picture
    from dashboard.slides import Slide
    from dashboard.status import Sign

Draw = TypeVar("Draw", bound="Callable[..., Any]")


class Registry(Generic[Draw]):
    """Functions by name; a name used twice is a bug and raises."""

    def __init__(self, kind: str) -> None:
        """Start empty; `kind` names the registered functions in error messages."""
        self._kind = kind
        self._functions: dict[str, Draw] = {}

    def __getitem__(self, name: str) -> Draw:
        """Return the function of that name; `KeyError` where there is none."""
        load_pages()
        return self._functions[name]

    def __contains__(self, name: str) -> bool:
        """Say whether there is a function of that name."""
        load_pages()
        return name in self._functions

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names."""
        return iter(self._functions)

    def register(self, name: str) -> Callable[[Draw], Draw]:
        """Return a decorator that registers a function under `name`."""

        def decorate(function: Draw) -> Draw:
            if name in self._functions:
                raise ValueError(f"two {self._kind}s are named {name!r}")
            self._functions[name] = function
            return function

        return decorate


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the breadcrumb trail; the page itself has no path."""

    label: str
    path: str | None = None


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure beside the title of a page."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The pages before and after in a list, (label, address), and the position in it from 1."""

    before: tuple[str, str] | None
    after: tuple[str, str] | None
    position: int
    count: int


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a page; `tab` names the browser's tab."""

    title: str
    tab: str
    crumbs: tuple[Crumb, ...] = ()
    tally: tuple[tuple[Sign, int], ...] = ()
    figures: tuple[KeyFigure, ...] = ()
    actions: bool = False
    compare: str = ""  # address of the page that compares, with what this page shows
    neighbours: Neighbours | None = None
    demonstration: bool = False
    favourite: tuple[str, str] | None = None  # code and name of the territory that can be one
    has_favourites: bool = False  # the reader's territories are named


DrawPicture: TypeAlias = "Callable[[Context], Picture | None]"
PANELS: Registry[Callable[[Context], Component]] = Registry("panel")
HEADINGS: Registry[Callable[[Context], Heading]] = Registry("heading")
SLIDES: Registry[Callable[[Context], Slide]] = Registry("slide")
PICTURES: Registry[DrawPicture] = Registry("picture")
panel = PANELS.register
heading = HEADINGS.register
slide = SLIDES.register


def picture(name: str) -> Callable[[DrawPicture], DrawPicture]:
    """Return a decorator that registers the picture of the panel `name`."""
    PICTURED.add(name)
    return PICTURES.register(name)


@cache
def load_pages() -> None:
    """Import every module of `dashboard.pages`, so that all panels are registered."""
    pages = import_module("dashboard.pages")
    for module in walk_packages(pages.__path__, "dashboard.pages."):
        import_module(module.name)
