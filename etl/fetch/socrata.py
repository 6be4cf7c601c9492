"""A table of a Socrata portal, page after page of one version, as one CSV or JSON list."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from etl.fetch.content_type import check
from etl.fetch.errors import FetchError
from etl.fetch.http import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from etl.fetch.http import Http, Show
    from warehouse.declarations.sources import Socrata

VERSIONS = ("x-soda2-truth-last-modified", "last-modified")
READINGS = 3  # of a table that changes while it is read


def address(declared: Socrata, offset: int = 0) -> str:
    """Return the address of the page that begins at row `offset`."""
    paging = {"$order": declared.order, "$limit": declared.page, "$offset": offset}
    return f"{declared.address}?{urlencode({**declared.query, **paging}, safe='$:,')}"


def get(http: Http, declared: Socrata, into: Path, show: Show) -> Answer:
    """Write all pages to `into` as one table, with the headers of the first.

    A table that changes between two pages is read again from the start: pages of two
    versions are never mixed.
    """
    for _ in range(READINGS):
        versions: set[str] = set()
        first: dict[str, str] = {}
        page = into.with_name(f"{into.name}.page")
        with into.open("w", encoding="utf-8", newline="") as whole:
            for headers, text in _pages(http, declared, page):
                first = first or headers
                versions.add(next((headers[v] for v in VERSIONS if v in headers), ""))
                whole.write(text)
                show(whole.tell(), 0)
        if len(versions) == 1:
            return Answer(into, first)
    raise FetchError("fetch_changed", declared.address)


def _pages(http: Http, declared: Socrata, page: Path) -> Iterator[tuple[dict[str, str], str]]:
    """Yield each page as text that continues the one before."""
    is_json = declared.address.endswith(".json")
    header = before = ""
    offset, size = 0, declared.page
    while size == declared.page:
        answer = http.get(address(declared, offset), page)
        check(page, ".json" if is_json else ".csv", answer.headers.get("content-type", ""))
        text = page.read_text(encoding="utf-8-sig")
        page.unlink()
        if size == declared.page and text == before:  # it does not heed the offset
            raise FetchError("fetch_same_page", declared.address)
        before = text
        if is_json:
            rows = json.loads(text)
            size = len(rows)
            lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
            lead = ",\n" if offset and rows else "" if offset else "["
            tail = "" if size == declared.page else "]\n"
            yield answer.headers, lead + lines + tail
        else:
            top, _, below = text.partition("\n")
            if offset and top != header:
                raise FetchError("fetch_changed", declared.address, top)
            header = top
            size = sum(1 for _ in csv.reader(below.splitlines(keepends=True)))
            ended = below if not below or below.endswith("\n") else f"{below}\n"
            yield answer.headers, ended if offset else f"{top}\n{ended}"
        offset += declared.page
