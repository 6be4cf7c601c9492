"""A YAML file that would exhaust or crash the process is rejected before it is composed."""

from __future__ import annotations

import runpy
import time
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.support.deployment import deploy
from warehouse import yaml_loader
from warehouse.config import read_config
from warehouse.errors import CatalogError
from warehouse.yaml_loader import MOST_CHARACTERS, MOST_LEVELS, read_yaml

if TYPE_CHECKING:
    from pathlib import Path

MANY = 200_000
# libyaml has bounds of its own, and looks ahead: in flow collections they are met first.
LEVELS = r"more than \d+ levels|exceeded maximum nesting depth"
VALUES, CHARACTERS = r"more than \d+ values", r"more than \d+ characters"
BOMB = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}]\n" for n in range(1, 10))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[" * MANY, LEVELS),
        ("{a: " * MANY, LEVELS),
        ("- " * MANY, LEVELS),
        ("? " * MANY, LEVELS),
        ("[" * MANY + "]" * MANY, LEVELS),
        ("\n".join(" " * n + "a:" for n in range(MOST_LEVELS + 2)), LEVELS),
        (BOMB, VALUES),
        ("[" + "1," * 150_000 + "]", VALUES),
        ("a" * (MOST_CHARACTERS + 1), CHARACTERS),
    ],
    ids=["lists", "maps", "dashes", "questions", "closed", "indented", "bomb", "wide", "long"],
)
def test_what_is_too_large_or_too_deep_is_rejected_at_once(text: str, reason: str) -> None:
    start = time.monotonic()
    with pytest.raises(yaml.YAMLError, match=reason):
        read_yaml(text)
    assert time.monotonic() - start < 20


@pytest.mark.parametrize("text", ["[" * 2_000, "- " * 2_000, "[[[1]]]"])
def test_without_libyaml_the_same_holds(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(yaml, "CSafeLoader")
    read = runpy.run_path(yaml_loader.__file__)["read_yaml"]
    if len(text) < MOST_LEVELS:
        assert read(text) == [[[1]]]
    else:
        with pytest.raises(yaml.YAMLError, match=LEVELS):
            read(text)


def test_a_value_inside_itself_counts_once() -> None:
    (value,) = read_yaml("- &a [*a, 1]\n")
    assert value[0] is value
    assert value[1] == 1


def test_what_a_person_writes_is_read() -> None:
    assert read_yaml("a: &x [1, {b: c}]\nd: *x\n") == {"a": [1, {"b": "c"}], "d": [1, {"b": "c"}]}
    deep = "[" * MOST_LEVELS + "]" * MOST_LEVELS
    assert isinstance(read_yaml(deep), list)


def test_a_configuration_of_brackets_is_reported_with_its_file(tmp_path: Path) -> None:
    path = deploy(tmp_path)
    path.write_text("[" * MANY, encoding="utf-8")
    with pytest.raises(CatalogError, match=rf"config\.yaml(?s:.)*({LEVELS})"):
        read_config(path)
