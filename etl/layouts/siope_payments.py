"""SIOPE's payments of a year: a row a body, month and item of the country, and a register."""

from __future__ import annotations

import io
import zipfile
import zlib
from fnmatch import fnmatch
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from etl.parsing.aggregate import summed
from etl.parsing.delimited import in_province, refuse, rows_beside
from etl.parsing.layout import ParsedFile
from etl.quarantine import reject
from warehouse.errors import Rejection, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOVEMENTS = ("body", "year", "month", "item", "cents")  # neither file has a header
REGISTER = ("body", "from", "to", "tax_code", "name", "place", "province", "residents", "kind")
ENCODING = "latin-1"
MEMBER = "*USCITE*"
MUNICIPALITY = "COMUNE"
TITLES = {"capital_payments": "2"}  # the first digit of an item is its title
CENTS = r"^ *-?[0-9]+ *$"
DECEMBER = 12
PIECE = 1 << 24  # bytes read at once: a year has ten million rows


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return the payments of `TITLES` (euro, in the year) by municipality.

    `options["province"]` (three digits) keeps only its municipalities, `options["beside"]` has
    the `register`. A municipality that paid something, but nothing of a title, paid zero of it;
    with an amount that is no number it has no figure. Raises `SourceError` for a year without
    December: part of a year is no year.
    """
    places = _places(options)
    refused: list[Rejection] = []
    parts, months = [], set()
    for rows in _movements(content, refused):
        of_year = rows.filter(pc.equal(rows["year"], options["period"]))
        months |= {int(m) for m in of_year["month"].unique().to_pylist() if m.strip().isdigit()}
        parts.append(_paid(of_year.filter(_is_in(of_year["body"], places.index)), refused))
    if DECEMBER not in months:
        raise SourceError(reject("year_open", options["period"]))
    paid = pd.concat(parts, ignore_index=True)
    paid = paid.assign(code=paid["body"].map(places), period=options["period"])
    is_whole = paid["unread"].eq(0).groupby(paid["code"]).transform("all")
    cells = summed(paid[is_whole], [*TITLES], code="code", column="cents")
    return ParsedFile(cells, tuple(refused))


def _places(options: Mapping[str, Any]) -> pd.Series[str]:
    """Return the municipality's code of each body that is one, by the body's own code."""
    rows = rows_beside(options, "register", REGISTER, names=REGISTER, encoding=ENCODING)
    rows = rows[rows["kind"].str.strip() == MUNICIPALITY].sort_values("from")
    rows = rows.drop_duplicates("body", keep="last").set_index("body")
    codes: pd.Series[str] = rows["province"].str.strip() + rows["place"].str.strip()
    return codes[in_province(codes, options.get("province"))]


def _movements(content: bytes, refused: list[Rejection]) -> Iterator[pa.Table]:
    """Yield the rows with `line`, piece by piece; what is no row of five cells is refused."""

    def _ragged(row: csv.InvalidRow) -> str:
        cells = {"found": row.actual_columns, "expected": row.expected_columns}
        refused.append(reject("ragged", line=row.number or 0, value=row.text, **cells))
        return "skip"

    line = 1
    try:
        with (
            _opened(content) as file,
            csv.open_csv(
                file,
                csv.ReadOptions(
                    use_threads=False, block_size=PIECE, column_names=MOVEMENTS, encoding=ENCODING
                ),
                csv.ParseOptions(invalid_row_handler=_ragged),
                csv.ConvertOptions(column_types=dict.fromkeys(MOVEMENTS, pa.string())),
            ) as pieces,
        ):
            for piece in pieces:
                rows = pa.Table.from_batches([piece])
                yield rows.append_column("line", pa.array(np.arange(len(rows)) + line))
                line += len(rows)
    except pa.ArrowInvalid as error:
        raise SourceError(reject("no_rows")) from error
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise SourceError(reject("archive")) from error


def _opened(content: bytes) -> Any:  # noqa: ANN401  # a file within the archive
    archive = zipfile.ZipFile(io.BytesIO(content))
    fitting = [name for name in archive.namelist() if fnmatch(name.rsplit("/", 1)[-1], MEMBER)]
    if len(fitting) != 1:
        said = ", ".join(fitting or archive.namelist())
        raise SourceError(reject("fetch_member", f"{MEMBER}: {said}"))
    return archive.open(fitting[0])


def _paid(rows: pa.Table, refused: list[Rejection]) -> pd.DataFrame:
    """Return euro by body and title, the first line, and how many amounts are no numbers."""
    is_read = pc.match_substring_regex(rows["cents"], CENTS)
    refused += refuse(rows.filter(pc.invert(is_read)).to_pandas(), ["cents"], "number")
    cents = pc.cast(pc.utf8_trim_whitespace(pc.if_else(is_read, rows["cents"], "0")), pa.int64())
    title = pc.extract_regex(rows["item"], r"^[^0-9]*(?P<title>[0-9])")
    said = {
        name: pc.if_else(pc.equal(pc.struct_field(title, "title"), digit), cents, 0)
        for name, digit in TITLES.items()
    }
    unread = pc.cast(pc.invert(is_read), pa.int64())
    table = pa.table({"body": rows["body"], "line": rows["line"], "unread": unread, **said})
    sums = [("line", "min"), *((name, "sum") for name in ("unread", *TITLES))]
    paid: pd.DataFrame = table.group_by("body").aggregate(sums).to_pandas()
    paid = paid.rename(columns={f"{name}_{how}": name for name, how in sums})
    return paid.assign(**{name: paid[name] / 100 for name in TITLES})


def _is_in(values: pa.ChunkedArray, known: pd.Index[str]) -> pa.ChunkedArray:
    return pc.is_in(values, value_set=pa.array(known, pa.string()))
