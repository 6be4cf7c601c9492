"""What a panel may read: the release, the selection, the words, and how to write markup."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboard import formatting
from dashboard.components.html import Html
from dashboard.figures.sparkline import sparkline
from dashboard.i18n import Translations, translations
from dashboard.series import segments

if TYPE_CHECKING:
    from dashboard.release_data import ReleaseData
    from dashboard.selection import Selection
    from dashboard.series import Change, Series
    from dashboard.views import Route
    from warehouse.config import Config
    from warehouse.declarations.base import Text
    from warehouse.declarations.loader import Catalog
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.plan import Node

FOLDER = Path(__file__).parent
TEMPLATES = Environment(
    loader=FileSystemLoader([FOLDER / "pages", FOLDER / "components"]),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class Page:
    """One page being drawn."""

    config: Config
    facts: ReleaseData
    selection: Selection
    place: Route

    @property
    def catalog(self) -> Catalog:
        """The declarations of this deployment."""
        return self.facts.catalog

    @property
    def lang(self) -> str:
        """The language of this page, `it` or `en`."""
        return self.selection.lang

    @cached_property
    def today(self) -> str:
        """The day that projects are seen at, ISO: the chosen one, else the last they told of.

        What was done by one day is not held against what was planned for a later one.
        """
        last = self.facts.last_told
        return min(self.selection.at or last, last)

    @cached_property
    def words(self) -> Translations:
        """The interface's words in this language, with the plan's own in their place."""
        own = self.catalog.plan.words
        return translations(
            self.lang, tuple((key, text.in_(self.lang)) for key, text in own.items())
        )

    @cached_property
    def indicator(self) -> Indicator:
        """The indicator that the address names; `KeyError` where it names none."""
        return self.catalog.indicators[self.place.names["indicator"]]

    @cached_property
    def area(self) -> Node:
        """The policy area that the address names or the indicator belongs to."""
        name = self.place.names.get("area") or self.indicator.area
        return next(n for n in self.catalog.areas if n.id == name)

    @property
    def position(self) -> int:
        """The number of the policy area in the plan, from 1; 0 where the page has none."""
        if not {"area", "indicator"} & set(self.place.names):
            return 0
        return self.catalog.areas.index(self.area) + 1

    @cached_property
    def highlighted(self) -> tuple[str, ...]:
        """The chosen territories that exist; region and country are always drawn."""
        places = self.catalog.territories
        drawn = {place.territory for place in self.catalog.references}
        return tuple(t for t in self.selection.territory if t in places and t not in drawn)

    def say(self, text: Text) -> str:
        """Return declared words in this language."""
        return text.in_(self.lang)

    def href(self, path: str | None = None, **changes: Any) -> str:  # noqa: ANN401  # Selection's fields
        """Return an address in the dashboard, seen from this selection."""
        return self.selection.address(path, self.config.language, **changes)

    def value(self, value: float | None, indicator: Indicator) -> str:
        """Write a value of an indicator, without its unit."""
        return formatting.number(value, indicator.decimals, self.lang)

    def unit(self, indicator: Indicator) -> str:
        """Return the symbol of an indicator's unit."""
        return self.say(self.catalog.units[indicator.unit].symbol)

    def amount(self, change: Change, indicator: Indicator) -> str:
        """Write a change with its sign and unit: `+0,3 p.p.`, `−1,2 %`, `+3,9`."""
        decimals = 1 if change.kind == "percent" else indicator.decimals
        text = formatting.number(change.amount, decimals, self.lang, signed=True)
        if change.kind == "absolute":
            return text
        return text + formatting.NBSP + self.words(f"change.{change.kind}")

    def millions(self, euro: float | None) -> str:
        """Write euro as millions with one decimal."""
        return formatting.millions(euro, self.lang)

    def percent(self, share: float | None) -> str:
        """Write a share (0 to 1) as a whole percent."""
        text = formatting.number(None if share is None else 100 * share, 0, self.lang)
        return text if share is None else f"{text}{formatting.NBSP}%"

    def span(self, before: str, after: str) -> str:
        """Say over which time a change ran: `in un anno`, `in 108 giorni`, `dal 2013`."""
        days = (formatting.start(after) - formatting.start(before)).days
        if "S" not in after and len(after) == len("2023-06-30"):
            return self.words("span.days", n=days)
        if len(after) == len("2023-06") and days in (365, 366):
            return self.words("span.months", n=12)
        if len(after) == len("2023") and int(after) - int(before) == 1:
            return self.words("span.year")
        return self.words("span.since", period=formatting.period(before, self.lang))

    def movement(self, found: Series, change: Change | None) -> str:
        """Write how the last value changed and over which time; empty without a change."""
        if change is None:
            return ""
        indicator = self.catalog.indicators[found.indicator]
        return f"{self.amount(change, indicator)} {self.span(change.since, found.last.period)}"

    def sources(self, *indicators: Indicator) -> str:
        """Return the source line of indicators: attribution and licence of each dataset."""
        found = self.catalog.citations(*indicators)
        parts = [c.attribution(self.lang) for c in found]
        licences = dict.fromkeys(c.dataset.licence for c in found)
        ours = self.words("source.elaboration")
        said = any(part.endswith(ours) for part in parts)
        return " · ".join([*dict.fromkeys(parts), *licences, *([] if said else [ours])])

    def providers(self, *indicators: Indicator) -> str:
        """Return the source line in short: providers and licences."""
        found = self.catalog.citations(*indicators)
        providers = ", ".join(dict.fromkeys(c.provider(self.lang) for c in found))
        licences = ", ".join(dict.fromkeys(c.dataset.licence for c in found))
        return f"{providers} · {licences} · {self.words('source.elaboration')}"

    def markup(self, template: str, **values: Any) -> str:  # noqa: ANN401  # the template's values
        """Fill a template with `values`, this page and its words."""
        filled: str = TEMPLATES.get_template(template).render(page=self, t=self.words, **values)
        return filled

    def html(self, template: str, name: str, **values: Any) -> Html:  # noqa: ANN401  # the same
        """Fill a template as the panel `name`."""
        filled = self.markup(template, **values)
        panel = f"panel-{name.partition(' ')[0]}"
        return Html(filled, id=panel, className=f"panel panel-{name}", tag="section")

    def spark(self, found: Series) -> str:
        """Draw the sparkline of a series."""
        indicator = self.catalog.indicators[found.indicator]
        days = [(formatting.start(p.period), p.value) for p in found.points]
        return sparkline(days, segments(found, indicator))
