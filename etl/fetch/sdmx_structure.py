"""Dimensions of an SDMX dataflow and their codes, for declaring a query."""

from __future__ import annotations

import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pandas as pd
import sdmx
from sdmx.message import StructureMessage

from etl.fetch.errors import FetchError
from etl.fetch.http import Http, Limits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warehouse.declarations.sources import Sdmx
    from warehouse.errors import Rejection

ACCEPT = {"Accept": "application/vnd.sdmx.structure+xml;version=2.1"}
COLUMNS = ("position", "dimension", "code", "it", "en")


def look_up(declaration: Sdmx, pace: Path) -> tuple[pd.DataFrame, Rejection | None]:
    """Return the table of `codes`, or the error; `pace` is the folder of the rate limits."""
    with TemporaryDirectory() as scratch, Http(pace, Limits()) as http:
        try:
            return codes(http, declaration, Path(scratch) / "structure.xml"), None
        except FetchError as error:
            fault = error.fault
        except ValueError as error:  # not an address
            fault = FetchError("fetch_unreachable", error, declaration.address).fault
        return pd.DataFrame(columns=list(COLUMNS)), fault


def codes(http: Http, declaration: Sdmx, into: Path) -> pd.DataFrame:
    """Return one row per code (`COLUMNS`), dimensions in the order of the key.

    `into` is where the answer is written. Raises `FetchError` if it is not a structure.
    """
    service = {"id": "SERVICE", "name": "", "url": declaration.address.rstrip("/")}
    sdmx.add_source(service, override=True)
    request = sdmx.Client("SERVICE").get(
        "dataflow",
        declaration.flow,
        agency_id="all",
        params={"references": "all"},
        dry_run=True,
    )
    http.get(str(request.url), into, ACCEPT)
    try:
        message = sdmx.read_sdmx(io.BytesIO(into.read_bytes()))
    except Exception as error:  # the reader raises any kind of error
        raise FetchError("fetch_type", f"≠ SDMX-ML: {error}") from error
    if not isinstance(message, StructureMessage) or not message.structure:
        raise FetchError("fetch_type", f"{type(message).__name__} ≠ SDMX structure")
    return pd.DataFrame(_rows(message), columns=list(COLUMNS))


def _rows(message: StructureMessage) -> Iterator[tuple[int, str, str, str, str]]:
    structure = next(iter(message.structure.values()))
    for position, dimension in enumerate(structure.dimensions.components, start=1):
        representation = dimension.local_representation
        code_list = representation.enumerated if representation else None
        for code in code_list.items.values() if code_list else ():
            names = code.name.localizations
            yield position, dimension.id, code.id, names.get("it", ""), names.get("en", "")
