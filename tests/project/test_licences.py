"""Every package that the lock pins is listed with a licence that EUPL-1.2 accepts."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import PathDistribution
from typing import TYPE_CHECKING

import pytest

from tests.support.deployment import PROJECT
from tools.licences import UNKNOWN, Package, licence, locked, packages, sbom, table

if TYPE_CHECKING:
    from pathlib import Path


def test_every_package_of_the_lock_is_listed_with_its_version_and_an_accepted_licence() -> None:
    listed = {p.name: p for p in packages()}
    pins = locked()
    assert len(pins) > 50
    assert {name: listed[name].version for name in pins} == pins
    assert [p for p in listed.values() if p.is_required and not p.is_accepted] == []
    assert {name for name, p in listed.items() if p.is_required} == set(pins)


def test_the_sbom_has_every_package_and_the_project() -> None:
    listed = packages()
    document = json.loads(json.dumps(sbom(listed)))
    assert (document["bomFormat"], document["specVersion"]) == ("CycloneDX", "1.6")
    components = document["components"]
    assert [(c["name"], c["version"]) for c in components] == [(p.name, p.version) for p in listed]
    assert len({c["bom-ref"] for c in components}) == len(components)
    assert all(c["purl"] == f"pkg:pypi/{c['name']}@{c['version']}" for c in components)
    required = {c["name"] for c in components if c["scope"] == "required"}
    assert required == set(locked())
    own = document["metadata"]["component"]
    assert own["licenses"] == [{"expression": "EUPL-1.2"}]


@pytest.mark.parametrize(
    ("stated", "accepted"),
    [
        ("MIT", True),
        ("MIT AND PSF-2.0", True),
        ("GPL-3.0-only OR BSD-2-Clause", True),
        ("MIT AND GPL-3.0-only", False),
        ("Proprietary", False),
        (UNKNOWN, False),
    ],
)
def test_what_is_accepted(stated: str, accepted: bool) -> None:  # noqa: FBT001  # a case
    package = Package("some", "1", stated, is_required=True)
    assert package.is_accepted == accepted
    assert ("NO" in table([package])) != accepted


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("License-Expression: MIT\nLicense: other", "MIT"),
        ("License: MIT License", "MIT"),
        ("License: Permission is hereby granted, free of charge, to any person", UNKNOWN),
        ("Classifier: License :: OSI Approved :: ISC License (ISCL)", "ISC"),
        ("Summary: none is stated", UNKNOWN),
    ],
)
def test_where_a_licence_is_stated(tmp_path: Path, lines: str, expected: str) -> None:
    (tmp_path / "METADATA").write_text(f"Name: some\nVersion: 1\n{lines}\n", encoding="utf-8")
    assert licence(PathDistribution(tmp_path)) == expected


def test_the_command_writes_both(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "tools.licences"]
    done = subprocess.run(words, cwd=PROJECT, capture_output=True, text=True, check=True)
    assert {line.split()[0] for line in done.stdout.splitlines()} >= set(locked())
    target = tmp_path / "sbom.json"
    subprocess.run([*words, "--sbom", str(target)], cwd=PROJECT, check=True)
    assert json.loads(target.read_text(encoding="utf-8"))["components"]
