"""One GET done well: paced, timed out, tried again, resumed, and only if something changed."""

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

from etl.fetch.errors import Again, FetchError
from etl.fetch.rate_limit import Pace
from etl.fetch.resume import Part

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from stamina.instrumentation import RetryDetails

    from warehouse.errors import Rejection

    Show = Callable[[int, int], None]  # bytes so far, bytes in all (0: unknown)

NAME = "cruscotto-metropolitano/0.1 (open data of a metropolitan city; EUPL-1.2)"
NOT_MODIFIED, BAD, NO_RANGE, TOO_MANY, SERVER = 304, 400, 416, 429, 500
TELLING = ("content-type", "content-length", "etag", "last-modified", "date", "content-disposition")
HOPELESS = (httpx2.UnsupportedProtocol, httpx2.LocalProtocolError)
AWAY = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.ProxyError)
CONNECTIONS = 3  # tried with the first host that is away; further ones have one
LOG = logging.getLogger(__name__)


def _log(details: RetryDetails) -> None:
    """Write down another attempt; stamina's own way warns on the terminal."""
    LOG.info(
        "attempt %s after %.1f s: %s", details.retry_num + 1, details.wait_for, details.caused_by
    )


stamina.instrumentation.set_on_retry_hooks([_log])


@dataclass(frozen=True)
class Limits:
    """Seconds and attempts; `intervals` between calls by domain ("" is every other host)."""

    connect: float = 20
    read: float = 300  # Istat takes minutes before the first byte
    whole: float = 3600
    attempts: int = 5
    first_wait: float = 2
    longest_wait: float = 120
    jitter: float = 2
    intervals: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType(
            # Istat takes five calls a minute, OpenCoesione twelve
            {"": 1, "127.0.0.1": 0, "istat.it": 15, "opencoesione.gov.it": 5}
        )
    )


@dataclass(frozen=True)
class Answer:
    """What came: the file it was written to (None: nothing changed) and the headers that tell.

    `raw`: the bytes as they came, where `file` was made out of them; `fault`: what the answer
    lacks of what was asked for.
    """

    file: Path | None
    headers: dict[str, str]
    raw: Path | None = None
    fault: Rejection | None = None


class Http:
    """A client for one run; proxies and certificates are taken from the environment."""

    def __init__(self, pace: Path, limits: Limits) -> None:
        """Keep the pace in folder `pace`."""
        self._limits = limits
        self._pace = Pace(pace, limits.intervals)
        self._away: dict[str, FetchError] = {}
        self._client = httpx2.Client(
            timeout=httpx2.Timeout(limits.read, connect=limits.connect),
            follow_redirects=True,
            headers={"User-Agent": NAME, "Accept-Encoding": "identity"},
            event_hooks={"request": [lambda request: self._pace.wait(request.url.host)]},
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
        show: Show = lambda _come, _total: None,
    ) -> Answer:
        """Write what `address` gives to `into`; `headers` may hold conditions.

        Raises `FetchError` that says why it did not come. A host that cannot be reached is
        not asked again in this run, and after it the others have to be there at once: without
        a network a run ends soon.
        """
        host = httpx2.URL(address).host
        if host in self._away:
            raise self._away[host]
        try:
            return self._tried(address, Part(into, address), headers or {}, show)
        except httpx2.HTTPError as error:
            fault = FetchError("fetch_unreachable", _said(error), address)
            if isinstance(error, AWAY):
                self._away[host] = fault
            raise fault from error
        except httpx2.InvalidURL as error:
            raise FetchError("fetch_unreachable", error, address) from error

    def _tried(self, address: str, part: Part, headers: Mapping[str, str], show: Show) -> Answer:
        limits = self._limits
        unconnected: list[Exception] = []
        attempts = stamina.retry_context(
            on=partial(self._pause, unconnected),
            attempts=limits.attempts,
            timeout=limits.whole,
            wait_initial=limits.first_wait,
            wait_max=limits.longest_wait,
            wait_jitter=limits.jitter,
        )
        for attempt in attempts:
            with attempt:
                return self._once(address, part, headers, show)
        raise AssertionError("the last attempt returns or raises")

    def _pause(self, unconnected: list[Exception], error: Exception) -> bool | float:
        """Say whether to try again, or after how many seconds."""
        if isinstance(error, AWAY):
            unconnected.append(error)
            return len(unconnected) < (1 if self._away else CONNECTIONS)
        if isinstance(error, Again):
            return error.after or True
        return isinstance(error, httpx2.TransportError) and not isinstance(error, HOPELESS)

    def _once(self, address: str, part: Part, headers: Mapping[str, str], show: Show) -> Answer:
        latest = time.monotonic() + self._limits.whole
        with self._client.stream("GET", address, headers={**headers, **part.asked()}) as answer:
            telling = {k: v for k, v in answer.headers.items() if k in TELLING}
            if answer.status_code == NOT_MODIFIED:
                part.drop()
                return Answer(None, telling)
            self._refuse(answer, part)
            with part.path.open(part.begin(answer)) as file:
                come = file.tell()
                for chunk in answer.iter_bytes():
                    come += file.write(chunk)
                    show(come, part.total)
                    if time.monotonic() > latest:
                        raise httpx2.ReadTimeout(f"{self._limits.whole} s")
        part.finish()
        return Answer(part.path, telling)

    def _refuse(self, answer: httpx2.Response, part: Part) -> None:
        """Raise what a status other than success means."""
        code, address = answer.status_code, str(answer.url)
        said = f"{code} {answer.reason_phrase}".strip()
        if code == NO_RANGE:
            part.drop()
            raise Again("fetch_changed", address)
        if code == TOO_MANY or code >= SERVER:
            after = _retry_after(answer.headers.get("Retry-After", ""))
            if after > self._limits.longest_wait:
                fault = FetchError("fetch_later", f"{said} ({after:.0f} s)", address)
                self._away[answer.url.host] = fault
                raise fault
            raise Again("fetch_status", said, address, after)
        if code >= BAD or not answer.is_success:
            raise FetchError("fetch_status", said, address)


def _retry_after(said: str) -> float:
    """Return the seconds of a Retry-After header: a number or a date; 0 if it says neither."""
    if said.isdigit():
        return float(said)
    try:
        return max(0.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return 0


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".removesuffix(": ")
