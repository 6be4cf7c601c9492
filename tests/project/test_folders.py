"""Folders import each other in one direction, as the diagrams of the architecture show."""

from __future__ import annotations

from graphlib import CycleError

import pytest

from tests.project import folders


@pytest.mark.parametrize("package", folders.PACKAGES)
def test_no_folder_imports_another_in_a_circle(package: str) -> None:
    assert folders.floors(folders.graph(package))


def test_the_diagrams_of_the_architecture_are_current() -> None:
    page = folders.page()
    assert sorted(folders.DIAGRAM.findall(page)) == sorted(folders.PACKAGES)
    written = folders.PAGE.read_text(encoding="utf-8")
    assert written == page, "run python -m tests.project.folders"


def test_an_upper_floor_imports_a_lower_one() -> None:
    assert folders.floors({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == {"a": 3, "b": 2, "c": 1}
    with pytest.raises(CycleError):
        folders.floors({"a": {"b"}, "b": {"a"}})
