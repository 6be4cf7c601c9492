"""The chosen funded works as CSV, each row with its source, licence and release."""

from __future__ import annotations

import csv as csv_writer
from io import StringIO
from typing import TYPE_CHECKING, Literal

from dashboard.pages.works import filters

if TYPE_CHECKING:
    from dashboard.release_data import ReleaseData
    from dashboard.selection import Selection

COLUMNS = (
    "project", "cup", "local_code", "title", "body", "place", "municipalities", "measure_code",
    "measure", "sector", "area", "state", "phase", "planned_start", "planned_end", "actual_start",
    "actual_end", "funding", "available", "paid", "extracted", "datasets",
)  # fmt: skip


def csv(facts: ReleaseData, selection: Selection, style: Literal["it", "int"]) -> str:
    """Return CSV; style `it` is what Excel in Italian opens: BOM, semicolon, decimal comma."""
    known = [t for t in selection.territory if t in facts.catalog.territories]
    found = filters.frame(facts, selection, known[-1] if known else None)
    for day in ("planned_start", "planned_end", "actual_start", "actual_end", "extracted"):
        found[day] = found[day].astype("datetime64[s]").dt.strftime("%Y-%m-%d")
    rows = found[list(COLUMNS)].astype(object).where(found[list(COLUMNS)].notna(), "")
    sources = {name: _source(facts, name, selection.lang) for name in facts.catalog.datasets}
    italian = style == "it"
    out = StringIO()
    writer = csv_writer.writer(out, delimiter=";" if italian else ",", lineterminator="\r\n")
    writer.writerow([*COLUMNS, "source", "release"])
    for row in rows.itertuples(index=False):
        cells = [str(c).replace(".", ",") if italian and isinstance(c, float) else c for c in row]
        said = " | ".join(sources[name] for name in str(row.datasets).split() if name in sources)
        writer.writerow([*cells, said, facts.store.release])
    return ("\ufeff" if italian else "") + out.getvalue()


def _source(facts: ReleaseData, name: str, lang: str) -> str:
    dataset = facts.catalog.datasets[name]
    return f"{dataset.attribution.in_(lang)} ({dataset.licence}) {dataset.address}"
