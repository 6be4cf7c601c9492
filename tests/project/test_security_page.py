"""Every threat of docs/security.md has a test that exists."""

from __future__ import annotations

import ast
import re
from functools import cache

from tests.support.deployment import PROJECT

PAGE = (PROJECT / "docs" / "security.md").read_text(encoding="utf-8")
REFERENCE = re.compile(r"`([\w/]+\.py)::(test_\w+)`")
ROW = re.compile(r"^\| (?!threat |---)(.+) \|$", re.MULTILINE)


@cache
def _tests(file: str) -> frozenset[str]:
    tree = ast.parse((PROJECT / "tests" / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_every_test_that_the_page_names_exists() -> None:
    references = REFERENCE.findall(PAGE)
    assert len(references) > 60
    missing = [
        f"{file}::{name}"
        for file, name in references
        if not (PROJECT / "tests" / file).exists() or name not in _tests(file)
    ]
    assert missing == []


def test_every_threat_has_a_measure_and_a_test() -> None:
    rows = [row.split(" | ") for row in ROW.findall(PAGE)]
    assert len(rows) > 40
    assert [row for row in rows if len(row) != 3 or not REFERENCE.search(row[2])] == []
