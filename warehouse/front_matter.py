"""Front matter of an SQL file: leading comment lines such as `-- severity: error`."""

from __future__ import annotations

import re

LINE = re.compile(r"-- (?P<key>\w+): (?P<value>.+)")


def front_matter(sql: str) -> dict[str, str]:
    """Return the values of the front matter by key; empty if there is none."""
    values = {}
    for line in sql.splitlines():
        match = LINE.fullmatch(line)
        if match is None:
            break
        values[match["key"]] = match["value"]
    return values


def description(sql: str, language: str) -> str:
    """Return what an audit looks for, in `language`; empty if its front matter does not say."""
    return front_matter(sql).get(language, "")
