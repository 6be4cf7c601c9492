"""The head of an SQL file: lines such as `-- severity: error` before its first other line."""

from __future__ import annotations

import re

LINE = re.compile(r"-- (?P<key>\w+): (?P<value>.+)")


def front_matter(sql: str) -> dict[str, str]:
    """Return the values of the head by key; empty for a file without one."""
    values = {}
    for line in sql.splitlines():
        match = LINE.fullmatch(line)
        if match is None:
            break
        values[match["key"]] = match["value"]
    return values


def description(sql: str, language: str) -> str:
    """Return what the SQL of an audit looks for, in `language`; empty where its head lacks it."""
    return front_matter(sql).get(language, "")
