"""Names say what a thing is: bare participles, pronouns and prepositions are rare."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from tests.support.deployment import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

LIST = """
found said told known kept given shown rest own one there whole at of on to by here those these
this that them it its they some other others right beside together alone anew so many meant
asked held drawn spoken written begun filled declared waiting joined placed settled taken chosen
counted summed listed named called made brought put got seen heard
"""
WORDS = frozenset(LIST.split())
MOST = 0.01  # of the names of a package


def names(source: str) -> Iterator[tuple[int, str]]:
    """Return what a module assigns, takes as parameters and defines, with the line of each."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                yield node.lineno, name
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield node.lineno, name
            case ast.ExceptHandler(name=str(name)) | ast.alias(asname=str(name)):
                yield node.lineno, name


def is_bare(name: str) -> bool:
    """Say whether a name is only a word of the list, as it is, plural, private or a question."""
    word = name.strip("_").lower().removeprefix("is_")
    return word in WORDS or word.removesuffix("s") in WORDS


@pytest.mark.parametrize("package", ["warehouse", "etl", "dashboard"])
def test_few_names_are_bare_participles_pronouns_or_prepositions(package: str) -> None:
    places = [
        (f"{path.relative_to(PROJECT).as_posix()}:{line}", name)
        for path in sorted((PROJECT / package).rglob("*.py"))
        for line, name in names(path.read_text(encoding="utf-8"))
    ]
    bare = [f"{place} {name}" for place, name in places if is_bare(name)]
    share = len(bare) / len(places)
    assert share <= MOST, f"{share:.1%} of {len(places)} names\n" + "\n".join(bare)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("found = rows = 1", ["found"]),
        ("for _own, label in pairs: pass", ["_own"]),
        ("def told(other, *, period): pass", ["told", "other"]),
        ("try: pass\nexcept E as others: pass", ["others"]),
        ("import rows as kept", ["kept"]),
        ("class C:\n    is_known: bool\n    written_rows: int", ["is_known"]),
        ("say(found.said)", []),
    ],
)
def test_the_names_of_the_list_are_found(source: str, expected: list[str]) -> None:
    bare = [name for _, name in names(source) if is_bare(name)]
    assert sorted(bare) == sorted(expected)
