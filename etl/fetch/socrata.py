"""Table of a Socrata portal, downloaded page by page, as one CSV file or JSON list."""

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
ATTEMPTS = 3  # at a table that changes while it is read


def address(declaration: Socrata, offset: int = 0) -> str:
    """Return the address of the page that starts at row `offset`."""
    paging = {"$order": declaration.order, "$limit": declaration.page, "$offset": offset}
    return f"{declaration.address}?{urlencode({**declaration.query, **paging}, safe='$:,')}"


def get(http: Http, declaration: Socrata, into: Path, show: Show) -> Answer:
    """Write all pages to `into` as one table, with the headers of the first.

    A table that changes between two pages is read again from the start: pages of two
    versions are never mixed.
    """
    for _ in range(ATTEMPTS):
        versions: set[str] = set()
        first: dict[str, str] = {}
        page = into.with_name(f"{into.name}.page")
        with into.open("w", encoding="utf-8", newline="") as table:
            for headers, text in _pages(http, declaration, page):
                first = first or headers
                versions.add(next((headers[v] for v in VERSIONS if v in headers), ""))
                table.write(text)
                show(table.tell(), 0)
        if len(versions) == 1:
            return Answer(into, first)
    raise FetchError("fetch_changed", declaration.address)


def _pages(http: Http, declaration: Socrata, page: Path) -> Iterator[tuple[dict[str, str], str]]:
    """Yield each page as text that continues the one before."""
    is_json = declaration.address.endswith(".json")
    header = before = ""
    offset, size = 0, declaration.page
    while size == declaration.page:
        answer = http.get(address(declaration, offset), page)
        check(page, ".json" if is_json else ".csv", answer.headers.get("content-type", ""))
        text = page.read_text(encoding="utf-8-sig")
        page.unlink()
        if size == declaration.page and text == before:  # the service ignores the offset
            raise FetchError("fetch_same_page", declaration.address)
        before = text
        if is_json:
            rows = json.loads(text)
            size = len(rows)
            lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
            lead = ",\n" if offset and rows else "" if offset else "["
            tail = "" if size == declaration.page else "]\n"
            yield answer.headers, lead + lines + tail
        else:
            head, _, body = text.partition("\n")
            if offset and head != header:
                raise FetchError("fetch_changed", declaration.address, head)
            header = head
            size = sum(1 for _ in csv.reader(body.splitlines(keepends=True)))
            rows_text = body if not body or body.endswith("\n") else f"{body}\n"
            yield answer.headers, rows_text if offset else f"{head}\n{rows_text}"
        offset += declaration.page
