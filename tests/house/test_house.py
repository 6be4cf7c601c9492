"""The files around the code keep their promises."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.deployment import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCKS = ("requirements.lock", "requirements-dev.lock")
DECLARED = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))


def _pinned(lock: str) -> set[str]:
    text = (PROJECT / lock).read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z0-9._-]+)==", text, re.MULTILINE))


def _name(requirement: str) -> str:
    return re.split(r"[\[<>=;~ ]", requirement, maxsplit=1)[0]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_download_address(lock: str) -> None:
    text = (PROJECT / lock).read_text(encoding="utf-8")
    assert not re.search(r"://|^\s*-[-a-z]*(index|find|trusted|extra)|@", text, re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pinned_package_has_hashes(lock: str) -> None:
    blocks = re.split(r"\n(?=\S)", (PROJECT / lock).read_text(encoding="utf-8").strip())
    assert [b.splitlines()[0] for b in blocks if "--hash=sha256:" not in b] == []


def test_the_locks_hold_what_the_project_declares() -> None:
    project = DECLARED["project"]
    extras = project["optional-dependencies"]
    run = {_name(r) for r in project["dependencies"] + extras["build"]}
    assert run <= _pinned("requirements.lock")
    assert run | {_name(r) for r in extras["dev"]} <= _pinned("requirements-dev.lock")


def test_both_locks_pin_the_same_versions() -> None:
    run, dev = (
        set(re.findall(r"^[a-z0-9._-]+==[^ ]+", (PROJECT / lock).read_text("utf-8"), re.MULTILINE))
        for lock in LOCKS
    )
    assert run <= dev


WORDS = {  # what is said in code by a key → where its words are
    r'\bmessage\(\s*"(\w+)"': "warehouse/faults.yaml",
    r'\bwrong\(\s*"(\w+)"': "warehouse/wrong_fields.yaml",
    r'\breject\(\s*"(\w+)"': "etl/rules.yaml",
    r'\breport\.(?:say|word)\(\s*"(\w+)"': "etl/words.yaml",
}


@pytest.mark.parametrize("call", WORDS)
def test_what_the_code_says_has_words(call: str) -> None:
    known = yaml.safe_load((PROJECT / WORDS[call]).read_text("utf-8"))
    code = [p.read_text("utf-8") for part in ("etl", "warehouse") for p in _code(part)]
    said = {key for text in code for key in re.findall(call, text)}
    assert said
    assert said <= known.keys()


def test_a_fault_fills_in_the_same_in_both_languages() -> None:
    words = yaml.safe_load((PROJECT / "warehouse/faults.yaml").read_text("utf-8"))
    for key, said in words.items():
        italian, english = (set(re.findall(r"{(\w+)", said[to])) for to in ("it", "en"))
        assert italian == english, key
        assert said["it"] != said["en"] or key == "wrong_field", key


def _code(package: str) -> Iterator[Path]:
    return (PROJECT / package).rglob("*.py")


def test_etl_reads_the_catalogue_in_one_place() -> None:
    """There the layouts are checked, which `warehouse` does not know."""
    reads = "from warehouse.declarations.loader import read_catalog"
    assert [p.name for p in _code("etl") if reads in p.read_text("utf-8")] == []


def test_no_import_contract_has_exceptions() -> None:
    contracts = DECLARED["tool"]["importlinter"]["contracts"]
    assert [c["name"] for c in contracts if c.get("ignore_imports")] == []


@pytest.mark.parametrize("page", ["README.md", "docs/decisions.md"])
def test_files_that_the_documentation_names_exist(page: str) -> None:
    text = (PROJECT / page).read_text(encoding="utf-8")
    named = re.findall(r"`((?:warehouse|etl|dashboard|tests|bench|docs)/[\w/.-]*)`", text)
    linked = re.findall(r"\]\(([\w/.-]+)\)", text)
    folder = (PROJECT / page).parent
    missing = [n for n in named if not (PROJECT / n).exists()]
    assert missing + [n for n in linked if not (folder / n).exists()] == []


def test_publiccode_says_the_version_and_licence_of_the_project() -> None:
    said = yaml.safe_load((PROJECT / "publiccode.yml").read_text(encoding="utf-8"))
    project = DECLARED["project"]
    assert said["softwareVersion"] == project["version"]
    assert said["legal"]["license"] == project["license"]


def test_publiccode_keeps_the_lengths_of_its_standard() -> None:
    said = yaml.safe_load((PROJECT / "publiccode.yml").read_text(encoding="utf-8"))
    for words in said["description"].values():
        assert len(words["shortDescription"]) <= 150
        assert 150 <= len(words["longDescription"]) <= 10_000
