"""The page docs/indicators.md, in Markdown, from a catalogue and a release."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from etl.docs.ranges import ranges, skipped
from warehouse.declarations.single_readings import with_years

if TYPE_CHECKING:
    import pandas as pd

    from etl.reporter import Reporter
    from warehouse.declarations.citation import Citation
    from warehouse.declarations.loader import Catalog
    from warehouse.declarations.models import Indicator
    from warehouse.query.store import Store

FOLDER = Path(__file__).parent
MAX_NAMES = 6  # missing municipalities are named up to this number
TREND_PERIODS = 3  # least number of periods of a trend


@dataclass(frozen=True, slots=True)
class Entry:
    """One indicator of the page; `periods` has the rows of `indicator_periods`."""

    indicator: Indicator
    citations: tuple[Citation, ...]
    periods: pd.DataFrame

    @property
    def with_values(self) -> list[str]:
        """The periods that have a value somewhere, in order."""
        return list(self.periods["period"])

    @property
    def skipped(self) -> list[str] | None:
        """The periods that the source skips; None where its cadence is irregular."""
        cadence = self.citations[0].dataset.cadence
        return None if cadence == "irregular" else skipped(self.with_values)

    @property
    def coverage(self) -> list[tuple[int, int, str, str]]:
        """Municipalities with a value, of all, who is missing (if few), and in which periods."""
        rows = self.periods.assign(
            absent=self.periods["absent"].where(
                self.periods["of_all"] - self.periods["municipalities"] <= MAX_NAMES, ""
            )
        )
        keys = ["municipalities", "of_all", "absent"]
        groups = rows.groupby(keys, sort=False)["period"].agg(list).reset_index()
        coverage = [
            (count, total, absent, ranges(periods))
            for count, total, absent, periods in groups.itertuples(index=False, name=None)
        ]
        return sorted(coverage, key=lambda row: (-row[0], row[3]))


def page(catalog: Catalog, store: Store, report: Reporter) -> str:
    """Return the page in the report's language."""
    rows = store.frame("indicator_periods")
    catalog = with_years(catalog, store.rows("loaded_indicators"))
    by_area = [
        (node, [_entry(catalog, i, rows) for i in catalog.in_area(node.id)])
        for node in catalog.areas
    ]
    every = [entry for _, entries in by_area for entry in entries]
    environment = Environment(  # noqa: S701  # Markdown, not HTML
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    text = environment.get_template("indicators.md").render(
        areas=by_area,
        every=every,
        catalog=catalog,
        language=report.language,
        word=report.word,
        ranges=ranges,
        trend=TREND_PERIODS,
        formula=lambda indicator: _formula(catalog, indicator, report),
    )
    lines = (line.rstrip() for line in text.splitlines())
    return "\n".join(lines) + "\n"


def _entry(catalog: Catalog, indicator: Indicator, rows: pd.DataFrame) -> Entry:
    of_indicator = rows[rows["indicator"] == indicator.id]
    return Entry(indicator, catalog.citations(indicator), of_indicator)


def _formula(catalog: Catalog, indicator: Indicator, report: Reporter) -> str:
    """Write how a zone's value is computed from those of its municipalities."""
    names = []
    for variable in indicator.variables:
        dataset, _, name = variable.partition(".")
        names.append(catalog.datasets[dataset].variables[name].title.in_(report.language))
    times = "" if indicator.multiplier == 1 else f"{indicator.multiplier:g} × "
    first, second = names[0], names[-1]
    formulas = {
        "ratio": f"{times}Σ {first} ÷ Σ {second}",
        "sum": f"{times}Σ {first}",
        "weighted_mean": f"{times}Σ ({first} × {second}) ÷ Σ {second}",
        "none": f"{times}{first}{report.word('docs_no_zones')}",
    }
    align = "" if indicator.align == "same" else report.word(f"docs_{indicator.align}")
    return formulas[indicator.aggregate] + align
