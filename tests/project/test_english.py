"""Docstrings, comments, messages and documents read as written by a native engineer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.project import prose

if TYPE_CHECKING:
    from pathlib import Path


def test_prose_has_no_expression_of_the_list() -> None:
    report = prose.report(list(prose.files()))
    assert not report, report


@pytest.mark.parametrize(
    ("name", "source", "expected"),
    [
        ("a.py", '"""Return what is\n    told anew."""\n', [(2, "told"), (2, "anew")]),
        ("a.py", "X = 1  # a value of today\n", [(1, "of today")]),
        ("a.py", "def test_a_row_is_no_number() -> None: ...\n", [(1, "is no number")]),
        ("a.py", 'KEY = "told.anew"  # `told`, told apart, no longer\n', []),
        ("a.py", '"""What was kept."""\n', [(1, "What was kept")]),
        (
            "a.yaml",
            "key: # so many\n  it: told\n  en: {one: anew}\n",
            [(1, "so many"), (3, "anew")],
        ),
        ("a.sql", "-- it: anew\n-- en: anew\nselect 'anew'\n", [(2, "anew")]),
        ("a.md", "Spoken\nof. It speaks\nof a ```told``` thing.\n", [(2, "speaks of")]),
    ],
)
def test_the_list_is_found_where_prose_is(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    source: str,
    expected: list[tuple[int, str]],
) -> None:
    monkeypatch.setattr(prose, "PROJECT", tmp_path)
    path = tmp_path / name
    path.write_text(source, encoding="utf-8")
    assert [(hit.line, hit.text) for hit in prose.hits([path])] == expected
