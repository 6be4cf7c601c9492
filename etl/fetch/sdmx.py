"""A query to an SDMX service, asked for and read by `sdmx1`, as SDMX-CSV of the asked periods."""

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


def address(declared: Sdmx, end: str | None = None) -> str:
    """Return the address of the query; `end` is the last period that the service is told."""
    asked = {"startPeriod": declared.start, "endPeriod": end or declared.end}
    service = {"id": "SERVICE", "name": "", "url": declared.address.rstrip("/")}
    sdmx.add_source(service, override=True)
    request = sdmx.Client("SERVICE").get(
        "data",
        declared.flow,
        key=declared.key,
        params={k: v for k, v in asked.items() if v},
        dry_run=True,
    )
    return str(request.url)


def get(http: Http, declared: Sdmx, into: Path, show: Show) -> Answer:
    """Write the figures of the asked periods to `into` as SDMX-CSV.

    A service that gives one period more than asked (`early_end`) is asked for one less; once
    it is mended that lacks the last one, and the plain question follows. What was not asked for
    is dropped, so that either answer gives the same file.
    """
    raw, plain = (into.with_name(into.name + end) for end in (".raw", ".plain"))
    best: Answer | None = None
    fault: FetchError | None = None
    for query in _queries(declared):
        try:
            answer = http.get(query, plain, {"Accept": ACCEPT[declared.format]}, show)
            figures = _read(plain, declared, answer.headers.get("content-type", ""))
        except FetchError as error:
            fault = error
            continue
        plain.replace(raw)
        _asked(figures, declared).to_csv(into, index=False, lineterminator="\n")
        missing = _missing(figures, declared)
        lacks = reject("fetch_periods", ", ".join(missing)) if missing else None
        best = Answer(into, answer.headers, raw, lacks)
        if declared.end not in missing:
            break
    if best:
        return best
    raise fault or FetchError("fetch_periods", declared.flow)


def _queries(declared: Sdmx) -> Iterator[str]:
    if declared.end and declared.early_end:
        yield address(declared, str(int(declared.end) - 1))
    yield address(declared)


def _read(raw: Path, declared: Sdmx, said: str) -> pd.DataFrame:
    if declared.format == "csv":
        check(raw, ".csv", said)
        figures = pd.read_csv(raw, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    else:
        figures = _of_message(raw.read_bytes(), said)
    if absent := {PERIOD, VALUE} - set(figures.columns):
        raise FetchError("fetch_type", f"{said} ≠ SDMX: {sorted(absent)}")
    return figures


def _of_message(content: bytes, said: str) -> pd.DataFrame:
    """Return the figures of an SDMX-ML message in the columns of SDMX-CSV."""
    try:
        message = sdmx.read_sdmx(io.BytesIO(content))
        if not isinstance(message, DataMessage):
            raise TypeError(type(message).__name__)  # noqa: TRY301  # caught with the reader's own
        parts = [sdmx.to_pandas(part, attributes="o") for part in message.data]
    except Exception as error:  # the reader raises whatever the document makes it stumble on
        raise FetchError("fetch_type", f"{said} ≠ SDMX-ML: {error}") from error
    frames = [pd.DataFrame(part).reset_index().rename(columns=NAMES) for part in parts]
    return pd.concat(frames, ignore_index=True).astype(str) if frames else pd.DataFrame()


def _asked(figures: pd.DataFrame, declared: Sdmx) -> pd.DataFrame:
    years = figures[PERIOD].str[:4]
    return figures[(years >= (declared.start or "")) & (years <= (declared.end or "9999"))]


def _missing(figures: pd.DataFrame, declared: Sdmx) -> tuple[str, ...]:
    if not (declared.start and declared.end):
        return ()
    asked = [str(year) for year in range(int(declared.start), int(declared.end) + 1)]
    return tuple(sorted(set(asked) - set(figures[PERIOD].str[:4])))
