"""Query of an SDMX service through `sdmx1`, saved as SDMX-CSV of the requested periods."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pandas as pd
import sdmx
from sdmx.message import DataMessage

from etl.fetch.content_type import check
from etl.fetch.errors import FetchError
from etl.fetch.http import Answer
from etl.quarantine import reject

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from etl.fetch.http import Http, Show
    from warehouse.declarations.sources import Sdmx

ACCEPT = {
    "csv": "application/vnd.sdmx.data+csv;version=1.0.0",
    "xml": "application/vnd.sdmx.genericdata+xml;version=2.1",
}
PERIOD, VALUE = "TIME_PERIOD", "OBS_VALUE"
NAMES = {"value": VALUE}


def address(declaration: Sdmx, end: str | None = None) -> str:
    """Return the address of the query; `end` replaces its last period."""
    periods = {"startPeriod": declaration.start, "endPeriod": end or declaration.end}
    service = {"id": "SERVICE", "name": "", "url": declaration.address.rstrip("/")}
    sdmx.add_source(service, override=True)
    request = sdmx.Client("SERVICE").get(
        "data",
        declaration.flow,
        key=declaration.key,
        params={k: v for k, v in periods.items() if v},
        dry_run=True,
    )
    return str(request.url)


def get(http: Http, declaration: Sdmx, into: Path, show: Show) -> Answer:
    """Write the figures of the requested periods to `into` as SDMX-CSV.

    A service that returns one period too many (`early_end`) is asked for one less; once it is
    fixed, that answer lacks the last period, and the unchanged query follows. Periods that were
    not requested are dropped, so that either answer gives the same file.
    """
    raw, plain = (into.with_name(into.name + end) for end in (".raw", ".plain"))
    best: Answer | None = None
    fault: FetchError | None = None
    for query in _queries(declaration):
        try:
            answer = http.get(query, plain, {"Accept": ACCEPT[declaration.format]}, show)
            figures = _read(plain, declaration, answer.headers.get("content-type", ""))
        except FetchError as error:
            fault = error
            continue
        plain.replace(raw)
        _requested(figures, declaration).to_csv(into, index=False, lineterminator="\n")
        missing = _missing(figures, declaration)
        gap = reject("fetch_periods", ", ".join(missing)) if missing else None
        best = Answer(into, answer.headers, raw, gap)
        if declaration.end not in missing:
            break
    if best:
        return best
    raise fault or FetchError("fetch_periods", declaration.flow)


def _queries(declaration: Sdmx) -> Iterator[str]:
    if declaration.end and declaration.early_end:
        yield address(declaration, str(int(declaration.end) - 1))
    yield address(declaration)


def _read(raw: Path, declaration: Sdmx, content_type: str) -> pd.DataFrame:
    if declaration.format == "csv":
        check(raw, ".csv", content_type)
        figures = pd.read_csv(raw, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    else:
        figures = _from_message(raw.read_bytes(), content_type)
    if absent := {PERIOD, VALUE} - set(figures.columns):
        raise FetchError("fetch_type", f"{content_type} ≠ SDMX: {sorted(absent)}")
    return figures


def _from_message(content: bytes, content_type: str) -> pd.DataFrame:
    """Return the figures of an SDMX-ML message in the columns of SDMX-CSV."""
    try:
        message = sdmx.read_sdmx(io.BytesIO(content))
        if not isinstance(message, DataMessage):
            raise TypeError(type(message).__name__)  # noqa: TRY301  # caught with the reader's own
        parts = [sdmx.to_pandas(part, attributes="o") for part in message.data]
    except Exception as error:  # the reader raises any kind of error
        raise FetchError("fetch_type", f"{content_type} ≠ SDMX-ML: {error}") from error
    frames = [pd.DataFrame(part).reset_index().rename(columns=NAMES) for part in parts]
    return pd.concat(frames, ignore_index=True).astype(str) if frames else pd.DataFrame()


def _requested(figures: pd.DataFrame, declaration: Sdmx) -> pd.DataFrame:
    years = figures[PERIOD].str[:4]
    return figures[(years >= (declaration.start or "")) & (years <= (declaration.end or "9999"))]


def _missing(figures: pd.DataFrame, declaration: Sdmx) -> tuple[str, ...]:
    if not (declaration.start and declaration.end):
        return ()
    years = [str(year) for year in range(int(declaration.start), int(declaration.end) + 1)]
    return tuple(sorted(set(years) - set(figures[PERIOD].str[:4])))
