"""ACI's new car registrations of a year: a row a territory and fuel, municipalities by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from etl.parsing.aggregate import summed
from etl.parsing.delimited import numbers, read_rows, refuse
from etl.parsing.layout import ParsedFile
from etl.parsing.names import letters
from etl.quarantine import reject
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping

KIND, PLACE, PROVINCE = "tipoEnteTerritoriale", "enteTerritoriale", "provincia"
FUEL, COUNT = "alimentazione", "primeIscrizioni"
MUNICIPALITY, ELECTRIC = "comune", "elettrica"


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return `registrations` and, of them, `electric` (battery only) by municipality's name.

    `options["province"]` is the name of the one that is kept. A municipality without a row of
    electric cars had none; with a count that is no number it has no figure. Raises
    `SourceError` for a file in which nobody registered an electric car: it has another word.
    """
    rows, refused = read_rows(content, [KIND, PLACE, PROVINCE, FUEL, COUNT])
    is_electric = rows[FUEL].map(letters) == ELECTRIC
    if not is_electric.any():
        raise SourceError(reject("word_missing", ELECTRIC, column=FUEL))
    rows = rows.assign(period=options["period"], registrations=numbers(rows[COUNT]))
    rows["electric"] = rows["registrations"].where(is_electric, 0)
    is_ours = rows[PROVINCE].map(letters) == letters(options["province"])
    rows = rows[is_ours & (rows[KIND].map(letters) == MUNICIPALITY)]
    refused += refuse(rows[rows["registrations"].isna()], [COUNT], "number")
    cells = summed(rows, ["registrations", "electric"], code=PLACE, column=COUNT)
    return ParsedFile(cells, tuple(refused))
