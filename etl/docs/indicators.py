"""A catalogue and a release → the page of the indicators, in Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from etl.docs.ranges import skipped, spans

if TYPE_CHECKING:
    import pandas as pd

    from etl.cli.console import Report
    from warehouse.declarations.citation import Citation
    from warehouse.declarations.loader import Catalog
    from warehouse.declarations.models import Indicator
    from warehouse.query.store import Store

FOLDER = Path(__file__).parent
NAMED = 6  # municipalities that are missing are named up to so many
A_TREND = 3  # periods from which on a series says something


@dataclass(frozen=True)
class Entry:
    """What the page tells of one indicator; `periods` has the rows of `indicator_periods`."""

    indicator: Indicator
    citations: tuple[Citation, ...]
    periods: pd.DataFrame

    @property
    def named(self) -> list[str]:
        """The periods that have a value somewhere, in order."""
        return list(self.periods["period"])

    @property
    def skipped(self) -> list[str] | None:
        """The periods that the source skips; None where it comes when it comes."""
        cadence = self.citations[0].dataset.cadence
        return None if cadence == "irregular" else skipped(self.named)

    @property
    def coverage(self) -> list[tuple[int, int, str, str]]:
        """Municipalities with a value, of all, who is missing (if few), and in which periods."""
        rows = self.periods.assign(
            absent=self.periods["absent"].where(
                self.periods["of_all"] - self.periods["municipalities"] <= NAMED, ""
            )
        )
        keys = ["municipalities", "of_all", "absent"]
        groups = rows.groupby(keys, sort=False)["period"].agg(list).reset_index()
        found = [
            (n, of, who, spans(when))
            for n, of, who, when in groups.itertuples(index=False, name=None)
        ]
        return sorted(found, key=lambda row: (-row[0], row[3]))


def page(catalog: Catalog, store: Store, report: Report) -> str:
    """Return the page in the report's language."""
    rows = store.frame("indicator_periods")
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
        spans=spans,
        trend=A_TREND,
        formula=lambda indicator: _formula(catalog, indicator, report),
    )
    lines = (line.rstrip() for line in text.splitlines())
    return "\n".join(lines) + "\n"


def _entry(catalog: Catalog, indicator: Indicator, rows: pd.DataFrame) -> Entry:
    of_indicator = rows[rows["indicator"] == indicator.id]
    return Entry(indicator, catalog.citations(indicator), of_indicator)


def _formula(catalog: Catalog, indicator: Indicator, report: Report) -> str:
    """Write how a zone's value is made of what its municipalities have."""
    names = []
    for variable in indicator.variables:
        dataset, _, name = variable.partition(".")
        names.append(catalog.datasets[dataset].variables[name].title.in_(report.language))
    times = "" if indicator.multiplier == 1 else f"{indicator.multiplier:g} × "
    first, second = names[0], names[-1]
    written = {
        "ratio": f"{times}Σ {first} ÷ Σ {second}",
        "sum": f"{times}Σ {first}",
        "weighted_mean": f"{times}Σ ({first} × {second}) ÷ Σ {second}",
        "none": f"{times}{first}{report.word('docs_no_zones')}",
    }
    align = "" if indicator.align == "same" else report.word(f"docs_{indicator.align}")
    return written[indicator.aggregate] + align
