"""One file at one address, got only if it changed, and taken out of the archive it comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.fetch.content_type import check, take_out
from etl.fetch.http import Answer

if TYPE_CHECKING:
    from pathlib import Path

    from etl.fetch.http import Http, Show
    from etl.snapshot import Received
    from warehouse.declarations.sources import Http as Declared

CONDITIONS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}


def get(
    http: Http, declared: Declared, into: Path, suffix: str, known: Received | None, show: Show
) -> Answer:
    """Write the file, of kind `suffix`, to `into`; nothing if it still is as it is `known`."""
    headers = {
        asked: known.headers[told]
        for told, asked in CONDITIONS.items()
        if known and told in known.headers
    }
    if declared.accept:
        headers["Accept"] = declared.accept
    answer = http.get(declared.address, into, headers, show)
    if not answer.file:
        return answer
    said = answer.headers.get("content-type", "")
    if not declared.member:
        check(into, suffix, said)
        return answer
    check(into, ".zip", said)
    member = into.with_name(f"{into.name}.member")
    take_out(into, declared.member, member)
    check(member, suffix, f"{said}: {declared.member}")
    return Answer(member, answer.headers, raw=into)
