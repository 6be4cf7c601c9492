"""The context of a page: release, selection, texts, formats and templates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboard.canonical import page_path
from dashboard.compiled_templates import CompiledTemplates
from dashboard.components.html import Html
from dashboard.i18n import Translations, translations
from dashboard.pictures import PICTURED
from dashboard.proper_names import plain_title, words_with_capitals
from dashboard.quick_templates import PageTemplate, QuickContext, fill_once
from dashboard.sentence import inside, with_period
from dashboard.views import WORK, Route, find
from warehouse.formatting import Formatter

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from dashboard.release_data import ReleaseData
    from dashboard.selection import Selection
    from warehouse.config import Config
    from warehouse.declarations.base import Text
    from warehouse.declarations.loader import Catalog
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.plan import Node

Result = TypeVar("Result")

FOLDER = Path(__file__).parent
NAME = "@@name@@"  # stands for the last part of an address
FORM_OF_SHAPES = "with-borders"  # another name where the document of outlines has more
TEMPLATES = Environment(
    loader=FileSystemLoader([FOLDER / "pages", FOLDER / "components"]),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,  # as with the code, a change takes a new start
    cache_size=-1,  # every template, without noting which was used last
    bytecode_cache=CompiledTemplates(
        FOLDER / "__pycache__" / "templates", settings=Path(__file__).read_text(encoding="utf-8")
    ),
)
TEMPLATES.filters["with_period"] = with_period
TEMPLATES.template_class, TEMPLATES.context_class = PageTemplate, QuickContext
fill_once(TEMPLATES.get_template("macros/icons.html"), ("goal", "icon", "sign", "steps"))


@dataclass(frozen=True)
class Context:
    """A page to render: its release, its selection and its route.

    `current` is the published release, None where it is the page's own.
    `unknown_release` is what the address asks for where there is no such release; `search` answers
    a question.
    """

    config: Config
    data: ReleaseData
    selection: Selection
    route: Route
    current: str | None = None
    unknown_release: str = ""
    search: Callable[[str], dict[str, Any]] | None = None

    @property
    def is_past(self) -> bool:
        """Say whether the page shows another release than the published one."""
        return self.current not in {None, self.data.store.release}

    @property
    def catalog(self) -> Catalog:
        """The declarations of this deployment."""
        return self.data.catalog

    @property
    def language(self) -> str:
        """The language of this page, `it` or `en`."""
        return self.selection.lang

    @cached_property
    def text(self) -> Translations:
        """The texts of the interface, some replaced by the plan's own."""
        overrides = self.catalog.plan.words
        return translations(
            self.language, tuple((key, self.translate(text)) for key, text in overrides.items())
        )

    def once(self, compute: Callable[..., Result], *arguments: Hashable) -> Result:
        """Return `compute(self, *arguments)`, computed once for all pages of this language.

        It depends on the release, the language and the arguments alone; nobody changes its result.
        """
        key = compute, self.language, *arguments
        return self.data.keep(key, partial(compute, self, *arguments))

    def inside(self, title: str, language: str = "") -> str:
        """Return a title, of the page's language if no other is given, as a sentence has it."""
        return inside(title, words_with_capitals(self.data, language or self.language))

    def from_capitals(self, text: str) -> str:
        """Return an Italian text of capitals, as some sources write, as a plain title."""
        return plain_title(self.data, text)

    @cached_property
    def format(self) -> Formatter:
        """The formatter of numbers, dates and periods."""
        return Formatter(self.language, self.catalog.units)

    @property
    def is_past_day(self) -> bool:
        """Say whether projects are seen on a day before that of the last report."""
        return bool(self.selection.at) and self.today < self.data.last_report

    @cached_property
    def today(self) -> str:
        """The ISO day of project pages: the selected one, else that of the last report.

        So that work done by one day is not compared with plans for a later one.
        """
        last = self.data.last_report
        return min(self.selection.at or last, last)

    @property
    def today_date(self) -> date:
        """The same day, as a date."""
        return date.fromisoformat(self.today)

    def is_demonstration(self, shown: Any) -> bool:  # noqa: ANN401  # rows of any panel
        """Say whether one of the projects shown has facts made for demonstration.

        `shown` is a project's code, a row with its `project`, or any nesting of rows.
        """
        if shown is None or isinstance(shown, str):
            return shown in self.data.invented_projects
        if hasattr(shown, "project"):
            return self.is_demonstration(shown.project)
        return isinstance(shown, Iterable) and any(map(self.is_demonstration, shown))

    @cached_property
    def indicator(self) -> Indicator:
        """The indicator that the address names; `KeyError` where it names none."""
        return self.catalog.indicators[self.route.values["indicator"]]

    @cached_property
    def area(self) -> Node:
        """The policy area that the address names or the indicator belongs to."""
        name = self.route.values.get("area") or self.indicator.area
        return next(node for node in self.catalog.areas if node.id == name)

    @property
    def position(self) -> int:
        """The number of the policy area in the plan, from 1; 0 where the page has none."""
        if not {"area", "indicator"} & set(self.route.values):
            return 0
        return self.catalog.areas.index(self.area) + 1

    @cached_property
    def highlighted(self) -> tuple[str, ...]:
        """The selected territories that exist, but region and country, which are always drawn."""
        territories = self.catalog.territories
        references = {territory.territory for territory in self.catalog.references}
        return tuple(
            t for t in self.selection.territory if t in territories and t not in references
        )

    def open(self, selection: Selection) -> Context:
        """Return the context of another page, in the same release."""
        selection = replace(selection, path=page_path(selection.path, self.catalog))
        return Context(
            self.config, self.data, selection, route(self.data, selection.path), self.current
        )

    def translate(self, text: Text) -> str:
        """Return a declared text in the language of the page."""
        return text.in_(self.language)

    def href(self, path: str | None = None, **changes: Any) -> str:  # noqa: ANN401  # Selection's fields
        """Return an address in the dashboard, relative to this selection."""
        path = page_path(path, self.catalog) if path else path
        return self.link(self.selection.address(path, self.config.language, **changes))

    def addresses(self, folder: str, **changes: object) -> Callable[[str], str]:
        """Return what writes the addresses of the pages in a folder, where they are many."""
        start, _, end = self.href(f"{folder}/{NAME}", **changes).partition(NAME)
        return lambda name: f"{start}{name}{end}"

    @property
    def deck_address(self) -> str:
        """The address of this page for a deck: language, theme and release are the room's."""
        return self.address_in_deck(None)

    def address_in_deck(self, panel: str | None) -> str:
        """Return the address of the page, or of one of its panels, for a deck."""
        default, room = self.config.language, {"theme": "system", "release": None}
        return self.selection.address(default=default, lang=default, panel=panel, **room)

    def picture(self, panel: str, suffix: str, *, is_current: bool = False) -> str:
        """Return the address of a chart of this page as a file, in this release.

        With `is_current` it is that of whatever release is published when it is opened.
        """
        query = self._query_of_any_release if is_current else self._query_of_release
        return self.link(f"/api/charts/{panel}{self.selection.path}.{suffix}{query}")

    @cached_property
    def _query_of_release(self) -> str:
        """What is selected on the page, in this release."""
        release = self.data.store.release
        return self.selection.moved("", self.config.language, release=release)

    @cached_property
    def _query_of_any_release(self) -> str:
        """The same in whatever release is published."""
        return self.selection.moved("", self.config.language, release=None)

    def values_file(self, panel: str, *, is_current: bool = False) -> str:
        """Return the address of the values of a chart, as a spreadsheet of this language opens."""
        address = self.picture(panel, "csv", is_current=is_current)
        style = "it" if self.language == "it" else "int"
        return f"{address}{'&' if '?' in address else '?'}style={style}"

    def same_selection(self, path: str) -> str:
        """Return the address of another page with everything that is selected on this one."""
        return self.link(self.selection.moved(path, self.config.language, panel=None))

    def link(self, path: str) -> str:
        """Return the address in the browser of something that is not a page: a file, the API."""
        return self.config.server.prefix + path

    @property
    def shapes(self) -> str:
        """The address of the outlines of this release, which browsers keep."""
        return self.link(f"/shapes/{self.data.store.release}.svg?{FORM_OF_SHAPES}")

    def render(self, template: str, **values: Any) -> str:  # noqa: ANN401  # the template's values
        """Fill a template with `values`, this context and its texts (`t`)."""
        markup: str = TEMPLATES.get_template(template).render(
            context=self, t=self.text, format=self.format, **values
        )
        return markup

    def panel(
        self,
        template: str,
        name: str,
        *,
        has_picture: bool = True,
        **values: Any,  # noqa: ANN401  # the same
    ) -> Html:
        """Fill a template as the panel `name`; further words of `name` are its classes.

        Where the panel has a picture, `chart` is its name, and the head of the panel has its menu;
        without anything to show there is none.
        """
        word = name.partition(" ")[0]
        chart = word.replace("-", "_")
        is_drawn = has_picture and chart in PICTURED
        markup = self.render(template, **{"chart": chart if is_drawn else "", **values})
        return Html(markup, id=f"panel-{word}", className=f"panel panel-{name}", tag="section")


def route(data: ReleaseData, path: str) -> Route:
    """Return the page of a path in one release: a funded work has a view of its own."""
    match = find(path)
    project = match.values.get("project")
    if project and data.is_funded_work(project):
        return Route(WORK, match.values)
    return match
