"""ACI's new car registrations of a year: one row per territory and fuel, municipalities by name."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from etl.parsing.aggregate import sum_cells
from etl.parsing.cells import reject_cells
from etl.parsing.delimited import read_rows
from etl.parsing.layout import FileContext, ParsedFile, TextOptions
from etl.parsing.names import normalise_name
from etl.parsing.numbers import numbers
from etl.quarantine import reject
from warehouse.errors import SourceError

KIND, PLACE, PROVINCE = "tipoEnteTerritoriale", "enteTerritoriale", "provincia"
FUEL, COUNT = "alimentazione", "primeIscrizioni"
MUNICIPALITY, ELECTRIC = "comune", "elettrica"


class Options(TextOptions):
    """What a dataset declares of its file."""

    required_fields: ClassVar[tuple[str, ...]] = ("period",)
    province: str = Field(description="Name of the province whose municipalities are read.")


def parse(content: bytes, options: Options, context: FileContext) -> ParsedFile:
    """Return `registrations` and, of them, `electric` (battery only) by municipality's name.

    A municipality without a row of electric cars had none; with a count that is not a number it
    has no figure. Raises `SourceError` for a file without any electric car: its word differs.
    """
    rows, rejected = read_rows(content, [KIND, PLACE, PROVINCE, FUEL, COUNT], **options.reading)
    is_electric = rows[FUEL].map(normalise_name) == ELECTRIC
    if not is_electric.any():
        raise SourceError(reject("word_missing", ELECTRIC, column=FUEL))
    rows = rows.assign(period=context.period, registrations=numbers(rows[COUNT]))
    rows["electric"] = rows["registrations"].where(is_electric, 0)
    in_province = rows[PROVINCE].map(normalise_name) == normalise_name(options.province)
    rows = rows[in_province & (rows[KIND].map(normalise_name) == MUNICIPALITY)]
    rejected += reject_cells(rows[rows["registrations"].isna()], [COUNT], "number")
    cells = sum_cells(rows, ["registrations", "electric"], code=PLACE, column=COUNT)
    return ParsedFile(cells, tuple(rejected))
