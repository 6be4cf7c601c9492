"""HTTP GET with rate limit, time-outs, retries, resumption and conditions."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Self

import httpx2
import stamina

from etl.fetch.errors import FetchError, RetryError
from etl.fetch.rate_limit import RateLimiter
from etl.fetch.resume import PartialFile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from stamina.instrumentation import RetryDetails

    from warehouse.errors import Rejection

    Show = Callable[[int, int], None]  # bytes so far, bytes in total (0: unknown)

USER_AGENT = "cruscotto-metropolitano/0.1 (open data of a metropolitan city; EUPL-1.2)"
NOT_MODIFIED, CLIENT_ERROR, NO_RANGE, TOO_MANY, SERVER_ERROR = 304, 400, 416, 429, 500
STORED_HEADERS = (
    "content-type",
    "content-length",
    "etag",
    "last-modified",
    "date",
    "content-disposition",
)
FATAL = (httpx2.UnsupportedProtocol, httpx2.LocalProtocolError)
UNREACHABLE = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.ProxyError)
CONNECTIONS = 3  # attempts with the first unreachable host; later ones have one
LOG = logging.getLogger(__name__)


def _log(details: RetryDetails) -> None:
    """Log another attempt; stamina itself would warn on the terminal."""
    LOG.info(
        "attempt %s after %.1f s: %s", details.retry_num + 1, details.wait_for, details.caused_by
    )


stamina.instrumentation.set_on_retry_hooks([_log])


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds and attempts; `intervals` between calls by domain ("" is any other host)."""

    connect: float = 20
    read: float = 300  # Istat takes minutes before the first byte
    total: float = 3600
    attempts: int = 5
    first_wait: float = 2
    longest_wait: float = 120
    jitter: float = 2
    intervals: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType(
            # Istat accepts five calls per minute, OpenCoesione twelve
            {"": 1, "127.0.0.1": 0, "istat.it": 15, "opencoesione.gov.it": 5}
        )
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """A received file (None: nothing changed) and its headers.

    `raw`: the bytes as received, where `file` was made from them; `fault`: what is missing from
    the answer.
    """

    file: Path | None
    headers: dict[str, str]
    raw: Path | None = None
    fault: Rejection | None = None


class Http:
    """A client for one run; proxies and certificates are taken from the environment."""

    def __init__(self, pace: Path, limits: Limits) -> None:
        """Store the times of calls in the folder `pace`."""
        self._limits = limits
        self._rate = RateLimiter(pace, limits.intervals)
        self._unreachable: dict[str, FetchError] = {}
        self._client = httpx2.Client(
            timeout=httpx2.Timeout(limits.read, connect=limits.connect),
            follow_redirects=True,
            headers={"User-Agent": USER_AGENT, "Accept-Encoding": "identity"},
            event_hooks={"request": [lambda request: self._rate.wait(request.url.host)]},
        )

    def __enter__(self) -> Self:
        """Return the client itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections."""
        self._client.close()

    def get(
        self,
        address: str,
        into: Path,
        headers: Mapping[str, str] | None = None,
        show: Show = lambda _received, _total: None,
    ) -> Answer:
        """Write the content at `address` to `into`; `headers` may have conditions.

        Raises `FetchError` with the reason of a failure. An unreachable host is not called again
        in this run, and later hosts have one attempt to connect: without a network a run ends
        soon.
        """
        host = httpx2.URL(address).host
        if host in self._unreachable:
            raise self._unreachable[host]
        try:
            return self._with_retries(address, PartialFile(into, address), headers or {}, show)
        except httpx2.HTTPError as error:
            fault = FetchError("fetch_unreachable", _description(error), address)
            if isinstance(error, UNREACHABLE):
                self._unreachable[host] = fault
            raise fault from error
        except httpx2.InvalidURL as error:
            raise FetchError("fetch_unreachable", error, address) from error

    def _with_retries(
        self, address: str, part: PartialFile, headers: Mapping[str, str], show: Show
    ) -> Answer:
        limits = self._limits
        failures: list[Exception] = []
        attempts = stamina.retry_context(
            on=partial(self._should_retry, failures),
            attempts=limits.attempts,
            timeout=limits.total,
            wait_initial=limits.first_wait,
            wait_max=limits.longest_wait,
            wait_jitter=limits.jitter,
        )
        for attempt in attempts:
            with attempt:
                return self._attempt(address, part, headers, show)
        raise AssertionError("the last attempt returns or raises")

    def _should_retry(self, failures: list[Exception], error: Exception) -> bool | float:
        """Return whether to try again, or after how many seconds."""
        if isinstance(error, UNREACHABLE):
            failures.append(error)
            return len(failures) < (1 if self._unreachable else CONNECTIONS)
        if isinstance(error, RetryError):
            return error.after or True
        return isinstance(error, httpx2.TransportError) and not isinstance(error, FATAL)

    def _attempt(
        self, address: str, part: PartialFile, headers: Mapping[str, str], show: Show
    ) -> Answer:
        latest = time.monotonic() + self._limits.total
        with self._client.stream(
            "GET", address, headers={**headers, **part.range_headers()}
        ) as answer:
            stored = {k: v for k, v in answer.headers.items() if k in STORED_HEADERS}
            if answer.status_code == NOT_MODIFIED:
                part.drop()
                return Answer(None, stored)
            self._check_status(answer, part)
            with part.path.open(part.begin(answer)) as file:
                received = file.tell()
                for chunk in answer.iter_bytes():
                    received += file.write(chunk)
                    show(received, part.total)
                    if time.monotonic() > latest:
                        raise httpx2.ReadTimeout(f"{self._limits.total} s")
        part.finish()
        return Answer(part.path, stored)

    def _check_status(self, answer: httpx2.Response, part: PartialFile) -> None:
        """Raise the error of a status other than success."""
        code, address = answer.status_code, str(answer.url)
        status = f"{code} {answer.reason_phrase}".strip()
        if code == NO_RANGE:
            part.drop()
            raise RetryError("fetch_changed", address)
        if code == TOO_MANY or code >= SERVER_ERROR:
            after = _retry_after(answer.headers.get("Retry-After", ""))
            if after > self._limits.longest_wait:
                fault = FetchError("fetch_later", f"{status} ({after:.0f} s)", address)
                self._unreachable[answer.url.host] = fault
                raise fault
            raise RetryError("fetch_status", status, address, after)
        if code >= CLIENT_ERROR or not answer.is_success:
            raise FetchError("fetch_status", status, address)


def _retry_after(header: str) -> float:
    """Return the seconds of a Retry-After header: a number or a date; 0 for anything else."""
    if header.isdigit():
        return float(header)
    try:
        return max(0.0, (parsedate_to_datetime(header) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return 0


def _description(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".removesuffix(": ")
