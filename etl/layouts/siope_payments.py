"""SIOPE's payments of a year: one row per body, month and item of the country, and a register."""

from __future__ import annotations

import io
import zipfile
import zlib
from fnmatch import fnmatch
from typing import IO, TYPE_CHECKING, ClassVar

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from etl.parsing.aggregate import sum_cells
from etl.parsing.cells import in_province, reject_cells
from etl.parsing.delimited import read_companion
from etl.parsing.layout import FileContext, LayoutOptions, ParsedFile, Province
from etl.quarantine import reject
from warehouse.errors import Rejection, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

MOVEMENTS = ("body", "year", "month", "item", "cents")  # neither file has a header
REGISTER = ("body", "from", "to", "tax_code", "name", "place", "province", "residents", "kind")
ENCODING = "latin-1"
MEMBER = "*USCITE*"
MUNICIPALITY = "COMUNE"
TITLES = {"capital_payments": "2"}  # the first digit of an item is its title
CENTS = r"^ *-?[0-9]+ *$"
DECEMBER = 12
CHUNK = 1 << 24  # bytes read at once: a year has ten million rows


class Options(LayoutOptions):
    """What a dataset declares of its file."""

    required_fields: ClassVar[tuple[str, ...]] = ("period",)
    required_companions: ClassVar[tuple[str, ...]] = ("register",)
    province: Province = None


def parse(content: bytes, options: Options, context: FileContext) -> ParsedFile:
    """Return the payments of `TITLES` (euro, in the year) by municipality.

    The companion file `register` gives the municipality of each body. A municipality that paid
    something, but nothing of a title, paid zero of it; with an amount that is not a number it
    has no figure. Raises `SourceError` for a year without December: it is incomplete.
    """
    places = _places(context, options.province)
    movements = _Movements(content)
    rejected: list[Rejection] = []
    parts: list[pd.DataFrame] = []
    months: set[int] = set()
    for rows in movements.chunks():
        of_year = rows.filter(pc.equal(rows["year"], context.period))
        months |= {int(m) for m in of_year["month"].unique().to_pylist() if m.strip().isdigit()}
        of_places = of_year.filter(_is_in(of_year["body"], places.index))
        payments, wrong_cells = _payments(of_places)
        parts.append(payments)
        rejected += wrong_cells
    if DECEMBER not in months:
        raise SourceError(reject("year_open", context.period))
    paid = pd.concat(parts, ignore_index=True)
    paid = paid.assign(code=paid["body"].map(places), period=context.period)
    is_complete = paid["unread"].eq(0).groupby(paid["code"]).transform("all")
    cells = sum_cells(paid[is_complete], [*TITLES], code="code", column="cents")
    return ParsedFile(cells, (*movements.rejected, *rejected))


def _places(context: FileContext, province: str | None) -> pd.Series[str]:
    """Return the municipality's code of each body that is one, by the body's own code."""
    rows = read_companion(context, "register", REGISTER, names=REGISTER, encoding=ENCODING)
    rows = rows[rows["kind"].str.strip() == MUNICIPALITY].sort_values("from")
    rows = rows.drop_duplicates("body", keep="last").set_index("body")
    codes: pd.Series[str] = rows["province"].str.strip() + rows["place"].str.strip()
    return codes[in_province(codes, province)]


class _Movements:
    """The rows of a file of payments, read in chunks; `rejected` fills while they are read."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.rejected: list[Rejection] = []

    def chunks(self) -> Iterator[pa.Table]:
        """Yield the rows with `line`."""
        line = 1
        try:
            with _opened(self._content) as file, self._reader(file) as reader:
                for batch in reader:
                    rows = pa.Table.from_batches([batch])
                    yield rows.append_column("line", pa.array(np.arange(len(rows)) + line))
                    line += len(rows)
        except pa.ArrowInvalid as error:
            raise SourceError(reject("no_rows")) from error
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise SourceError(reject("archive")) from error

    def _reader(self, file: IO[bytes]) -> csv.CSVStreamingReader:
        return csv.open_csv(
            file,
            csv.ReadOptions(
                use_threads=False, block_size=CHUNK, column_names=MOVEMENTS, encoding=ENCODING
            ),
            csv.ParseOptions(invalid_row_handler=self._reject_row),
            csv.ConvertOptions(column_types=dict.fromkeys(MOVEMENTS, pa.string())),
        )

    def _reject_row(self, row: csv.InvalidRow) -> str:
        """Reject a row that has not five cells."""
        self.rejected.append(
            reject(
                "ragged",
                line=row.number or 0,
                value=row.text,
                found=row.actual_columns,
                expected=row.expected_columns,
            )
        )
        return "skip"


def _opened(content: bytes) -> IO[bytes]:
    """Return the file of payments within the archive."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    members = [name for name in archive.namelist() if fnmatch(name.rsplit("/", 1)[-1], MEMBER)]
    if len(members) != 1:
        listed = ", ".join(members or archive.namelist())
        raise SourceError(reject("fetch_member", f"{MEMBER}: {listed}"))
    return archive.open(members[0])


def _payments(rows: pa.Table) -> tuple[pd.DataFrame, list[Rejection]]:
    """Return euro by body and title, with the first line and the count of unread amounts."""
    is_number = pc.match_substring_regex(rows["cents"], CENTS)
    rejected = reject_cells(rows.filter(pc.invert(is_number)).to_pandas(), ["cents"], "number")
    texts = pc.utf8_trim_whitespace(pc.if_else(is_number, rows["cents"], "0"))
    cents = pc.cast(texts, pa.int64())
    title = pc.extract_regex(rows["item"], r"^[^0-9]*(?P<title>[0-9])")
    by_title = {
        name: pc.if_else(pc.equal(pc.struct_field(title, "title"), digit), cents, 0)
        for name, digit in TITLES.items()
    }
    unread = pc.cast(pc.invert(is_number), pa.int64())
    table = pa.table({"body": rows["body"], "line": rows["line"], "unread": unread, **by_title})
    sums = [("line", "min"), *((name, "sum") for name in ("unread", *TITLES))]
    paid: pd.DataFrame = table.group_by("body").aggregate(sums).to_pandas()
    paid = paid.rename(columns={f"{name}_{function}": name for name, function in sums})
    return paid.assign(**{name: paid[name] / 100 for name in TITLES}), rejected


def _is_in(values: pa.ChunkedArray, bodies: pd.Index[str]) -> pa.ChunkedArray:
    return pc.is_in(values, value_set=pa.array(bodies, pa.string()))
