"""The dimensions of an SDMX dataflow and their codes, for whoever declares a query."""

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


def look_up(declared: Sdmx, pace: Path) -> tuple[pd.DataFrame, Rejection | None]:
    """Return what `codes` does, or the fault; `pace` is the folder of the intervals' locks."""
    with TemporaryDirectory() as scratch, Http(pace, Limits()) as http:
        try:
            return codes(http, declared, Path(scratch) / "structure.xml"), None
        except FetchError as error:
            fault = error.fault
        except ValueError as error:  # no address at all
            fault = FetchError("fetch_unreachable", error, declared.address).fault
        return pd.DataFrame(columns=list(COLUMNS)), fault


def codes(http: Http, declared: Sdmx, into: Path) -> pd.DataFrame:
    """Return a row a code (`COLUMNS`), dimensions in the order of the key.

    `into` is where the service's answer is written. Raises `FetchError` when it is no structure.
    """
    service = {"id": "SERVICE", "name": "", "url": declared.address.rstrip("/")}
    sdmx.add_source(service, override=True)
    request = sdmx.Client("SERVICE").get(
        "dataflow",
        declared.flow,
        agency_id="all",
        params={"references": "all"},
        dry_run=True,
    )
    http.get(str(request.url), into, ACCEPT)
    try:
        message = sdmx.read_sdmx(io.BytesIO(into.read_bytes()))
    except Exception as error:  # the reader raises whatever the document makes it stumble on
        raise FetchError("fetch_type", f"≠ SDMX-ML: {error}") from error
    if not isinstance(message, StructureMessage) or not message.structure:
        raise FetchError("fetch_type", f"{type(message).__name__} ≠ SDMX structure")
    return pd.DataFrame(_rows(message), columns=list(COLUMNS))


def _rows(message: StructureMessage) -> Iterator[tuple[int, str, str, str, str]]:
    structure = next(iter(message.structure.values()))
    for position, dimension in enumerate(structure.dimensions.components, start=1):
        found = dimension.local_representation
        listed = found.enumerated if found else None
        for code in listed.items.values() if listed else ():
            names = code.name.localizations
            yield position, dimension.id, code.id, names.get("it", ""), names.get("en", "")
