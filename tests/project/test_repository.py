"""Locks, messages, import contracts and documents agree with the code."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import requires
from typing import TYPE_CHECKING

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.deployment import PROJECT
from tools.licences import locked
from warehouse.messages import texts
from warehouse.schema.tables import TABLES

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


def test_the_lock_has_every_package_that_its_packages_need() -> None:
    """`make setup` and the wheel install with --no-deps."""
    project = DECLARED["project"]
    waiting = [Requirement(r) for r in project["dependencies"]]
    versions = locked()
    seen: set[tuple[str, str]] = set()
    while waiting:
        needed = waiting.pop()
        name = canonicalize_name(needed.name)
        assert name in versions, needed
        assert needed.specifier.contains(versions[name], prereleases=True), needed
        for extra in {"", *needed.extras} - {e for n, e in seen if n == name}:
            seen.add((name, extra))
            requirements = map(Requirement, requires(name) or [])
            waiting += [
                r for r in requirements if not r.marker or r.marker.evaluate({"extra": extra})
            ]
    assert {"python-pptx", "pillow", "lxml"} <= {name for name, _ in seen}


CALLS = {  # what the code asks for by key → the domain of the messages that has it
    r'\bmessage\(\s*"(\w+)"': "errors",
    r'\bfield_error\(\s*"(\w+)"': "fields",
    r'\breject\(\s*"(\w+)"': "rules",
    r'\breport\.(?:say|word)\(\s*"(\w+)"': "cli",
}


@pytest.mark.parametrize("call", CALLS)
def test_every_message_that_the_code_asks_for_exists(call: str) -> None:
    keys = {key.partition(".")[0] for key in texts(CALLS[call])}
    code = [p.read_text("utf-8") for part in ("etl", "warehouse") for p in _code(part)]
    used = {key for source in code for key in re.findall(call, source)}
    assert used
    assert used <= keys


def test_an_error_fills_in_the_same_in_both_languages() -> None:
    for key, entry in texts("errors").items():
        italian, english = (set(re.findall(r"{(\w+)", entry[to])) for to in ("it", "en"))
        assert italian == english, key
        assert entry["it"] != entry["en"] or key == "wrong_field", key


def _code(package: str) -> Iterator[Path]:
    return (PROJECT / package).rglob("*.py")


def test_etl_reads_the_catalogue_in_one_place() -> None:
    """There the layouts are checked, which `warehouse` does not know."""
    reads = "from warehouse.declarations.loader import read_catalog"
    assert [p.name for p in _code("etl") if reads in p.read_text("utf-8")] == []


def test_no_import_contract_has_exceptions() -> None:
    contracts = DECLARED["tool"]["importlinter"]["contracts"]
    assert [c["name"] for c in contracts if c.get("ignore_imports")] == []


@pytest.mark.parametrize(
    "page", ["README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/decisions.md"]
)
def test_files_that_the_documentation_names_exist(page: str) -> None:
    text = (PROJECT / page).read_text(encoding="utf-8")
    paths = re.findall(r"`((?:warehouse|etl|dashboard|tests|bench|docs)/[\w/.-]*)`", text)
    links = re.findall(r"\]\(([\w/.-]+)(?:#[\w-]+)?\)", text)
    folder = (PROJECT / page).parent
    missing = [path for path in paths if not (PROJECT / path).exists()]
    assert missing + [link for link in links if not (folder / link).exists()] == []


def test_the_architecture_names_every_table_of_a_release() -> None:
    page = (PROJECT / "docs/architecture.md").read_text(encoding="utf-8")
    assert [table for table in TABLES if f"`{table}`" not in page] == []


def test_publiccode_says_the_version_and_licence_of_the_project() -> None:
    publiccode = yaml.safe_load((PROJECT / "publiccode.yml").read_text(encoding="utf-8"))
    project = DECLARED["project"]
    assert publiccode["softwareVersion"] == project["version"]
    assert publiccode["legal"]["license"] == project["license"]


def test_publiccode_keeps_the_lengths_of_its_standard() -> None:
    publiccode = yaml.safe_load((PROJECT / "publiccode.yml").read_text(encoding="utf-8"))
    for description in publiccode["description"].values():
        assert len(description["shortDescription"]) <= 150
        assert 150 <= len(description["longDescription"]) <= 10_000
