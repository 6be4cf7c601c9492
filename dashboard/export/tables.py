"""The observations of an indicator as CSV and XLSX, with signs, source, licence and release."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from dashboard.export.cells import new_workbook, write_table
from dashboard.export.delimited import Style, delimited
from dashboard.export.status import SIGNS, words
from dashboard.i18n import translations
from dashboard.place_notes import moved_values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.release_data import ReleaseData
    from warehouse.declarations.models import Indicator

COLUMNS = ("territory", "name", "level", "period", "value", "numerator", "denominator", "coverage",
           "obs_status", "note")  # fmt: skip
SIGNED = (*COLUMNS, *SIGNS)


def describe(data: ReleaseData, indicator: Indicator) -> dict[str, Any]:
    """Return the metadata of an indicator."""
    return {
        "indicator": indicator.id,
        "area": indicator.area,
        "title": indicator.title.model_dump(),
        "description": indicator.description.model_dump(),
        "unit": data.catalog.units[indicator.unit].symbol.model_dump(),
        "decimals": indicator.decimals,
        "better": indicator.better,
        "aggregate": indicator.aggregate,
        "targets": [target.model_dump() for target in indicator.targets],
        "sources": [
            {
                "attribution": {language: c.attribution(language) for language in ("it", "en")},
                "licence": c.dataset.licence,
                "address": c.dataset.address,
            }
            for c in data.catalog.citations(indicator)
        ],
        "release": data.store.release,
    }


def observations(data: ReleaseData, indicator: Indicator, lang: str) -> list[dict[str, Any]]:
    """Return every observation with the name, level and note of its territory, `COLUMNS`."""
    levels = ["country", "region", "metro", "zone", "municipality"]
    territories = data.catalog.territories
    notes = _notes(data, indicator, lang)
    rows = []
    for row in data.store.rows("indicator_levels", indicators=[indicator.id], levels=levels):
        place, key = territories[row["territory"]], (row["territory"], row["period"])
        values = row | {
            "name": place.name,
            "level": place.level,
            "note": "; ".join(notes.get(key, ())),
        }
        rows.append({column: values[column] for column in COLUMNS})
    return rows


def signed(data: ReleaseData, indicator: Indicator, lang: str) -> Iterator[list[Any]]:
    """Yield the observations with the words of the status beside the value that it judges."""
    statuses = {
        (row["territory"], row["last_period"]): words(row, lang)
        for row in data.store.rows("statuses_of", indicator=indicator.id)
    }
    for row in observations(data, indicator, lang):
        signs = statuses.get((row["territory"], row["period"]), {})
        yield [*row.values(), *(signs.get(sign, "") for sign in SIGNS)]


def _notes(
    data: ReleaseData, indicator: Indicator, lang: str
) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return what to say of single values, by (territory, period)."""
    territories = data.catalog.territories
    notes: dict[tuple[str, str], tuple[str, ...]] = {
        key: (f"{territories[note.territory].name}: {note.text.in_(lang)}",)
        for key, note in moved_values(data, indicator).items()
    }
    metro = data.catalog.metro
    published = translations(lang)("show.published", place=metro.name)
    for period in data.published.get((indicator.id, metro.territory), ()):
        key = metro.territory, period
        notes[key] = (*notes.get(key, ()), published)
    return notes


def csv(data: ReleaseData, indicator: Indicator, style: Style, lang: str) -> str:
    """Return CSV; style `it` is what Excel in Italian opens, rounded like the indicator."""
    origin = source(data, lang, indicator), data.store.release
    rows = (["" if cell is None else cell for cell in row] for row in signed(data, indicator, lang))
    decimals = {"value": indicator.decimals}
    return delimited(SIGNED, ((*row, *origin) for row in rows), style, decimals)


def xlsx(data: ReleaseData, indicator: Indicator, lang: str) -> bytes:
    """Return a workbook: the observations, and a sheet of metadata."""
    out = BytesIO()
    book = new_workbook(out, data.store.manifest)
    head = book.add_format({"bold": True, "bottom": 1})
    rows = signed(data, indicator, lang)
    write_table(book.add_worksheet(translations(lang)("export.values")), SIGNED, rows, head)
    about = book.add_worksheet(translations(lang)("export.about"))
    for line, (key, value) in enumerate(_about(data, indicator, lang)):
        about.write(line, 0, key, head)
        about.write(line, 1, value)
    about.autofit()
    book.close()
    return out.getvalue()


def _about(data: ReleaseData, indicator: Indicator, lang: str) -> list[tuple[str, str]]:
    text = translations(lang)
    rows = [
        (text("data.indicator"), indicator.title.in_(lang)),
        (text("indicator.measures"), indicator.description.in_(lang)),
        (text("data.unit"), data.catalog.units[indicator.unit].symbol.in_(lang)),
        (text("indicator.aggregates"), indicator.aggregate),
        (text("show.release"), data.store.release),
        (text("indicator.source"), source(data, lang, indicator)),
    ]
    if indicator.limits:
        rows.append((text("indicator.limits"), indicator.limits.in_(lang)))
    return rows


def source(data: ReleaseData, lang: str, *indicators: Indicator) -> str:
    """Return who made the figures of indicators, under which licence, and where they are."""
    parts = [
        f"{c.attribution(lang)} ({c.dataset.licence}) {c.dataset.address}"
        for c in data.catalog.citations(*indicators)
    ]
    return " | ".join([*parts, translations(lang)("source.elaboration")])
