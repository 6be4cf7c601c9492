"""One file at one address: downloaded only if it changed, extracted from its archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.fetch.content_type import check, extract
from etl.fetch.http import Answer

if TYPE_CHECKING:
    from pathlib import Path

    from etl.fetch.http import Http, Show
    from etl.snapshot import Received
    from warehouse.declarations.sources import Http as HttpDeclaration

CONDITIONS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}


def get(
    http: Http,
    declaration: HttpDeclaration,
    into: Path,
    suffix: str,
    current: Received | None,
    show: Show,
) -> Answer:
    """Write the file, of type `suffix`, to `into`, unless it is still the `current` one."""
    headers = {
        condition: current.headers[name]
        for name, condition in CONDITIONS.items()
        if current and name in current.headers
    }
    if declaration.accept:
        headers["Accept"] = declaration.accept
    answer = http.get(declaration.address, into, headers, show)
    if not answer.file:
        return answer
    content_type = answer.headers.get("content-type", "")
    if not declaration.member:
        check(into, suffix, content_type)
        return answer
    check(into, ".zip", content_type)
    member = into.with_name(f"{into.name}.member")
    extract(into, declaration.member, member)
    check(member, suffix, f"{content_type}: {declaration.member}")
    return Answer(member, answer.headers, raw=into)
