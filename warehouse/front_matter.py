"""Front matter: of an SQL file comments such as `-- severity: error`, of Markdown YAML."""

from __future__ import annotations

import re

DIVIDED = re.compile(r"\s*---[ ]*\n(?P<yaml>.*?)^---[ ]*$(?P<body>.*)", re.DOTALL | re.MULTILINE)
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


def divided(markdown: str) -> tuple[str, str]:
    """Return the YAML between two lines `---` at the head of a Markdown text, and what follows.

    The YAML is empty where there is none.
    """
    match = DIVIDED.match(markdown)
    return (match["yaml"], match["body"].strip()) if match else ("", markdown.strip())


def description(sql: str, language: str) -> str:
    """Return what an audit looks for, in `language`; empty if its front matter does not say."""
    return front_matter(sql).get(language, "")
