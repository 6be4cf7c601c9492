"""Licences of the installed packages: a table and a CycloneDX list (SBOM).

`python -m tools.licences` prints the table, `--sbom FILE` writes the list as JSON.
"""

from __future__ import annotations

import argparse
import json
import re
import tomllib
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).resolve().parents[1]
LOCK = PROJECT / "requirements.lock"
OWN = "cruscotto-metropolitano"
# Licences of libraries that software under EUPL-1.2 may use and be delivered with: permissive ones,
# and MPL-2.0, which the appendix of the EUPL lists as compatible.
ACCEPTED = frozenset(
    {
        *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSD License", "CC0-1.0", "ISC"),
        *("MIT", "MIT-CMU", "MPL-2.0", "OFL-1.1", "PSF-2.0", "Zlib"),
    }
)
SPDX = {  # what packages write instead of an identifier
    "Apache 2": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD 2-Clause License": "BSD-2-Clause",
    "BSD": "BSD License",  # no number of clauses is given
    "ISC License": "ISC",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
BY_FILE = {"resvg-py": "MIT"}  # stated in no field, read in the licence file of the package
LONGEST_NAME = 40  # what is longer is the text of a licence
UNKNOWN = "?"


@dataclass(frozen=True, slots=True, order=True)
class Package:
    """An installed package; `is_required`: it is part of the program, not of its tools."""

    name: str
    version: str
    licence: str
    is_required: bool

    @property
    def is_accepted(self) -> bool:
        """Whether every licence that applies is accepted; of alternatives, any."""
        return all(
            any(name in ACCEPTED for name in part.strip("()").split(" OR "))
            for part in self.licence.split(" AND ")
        )


def packages() -> list[Package]:
    """Return the packages installed in this environment, by name."""
    required = locked()
    return sorted(
        {
            Package(name, item.version, licence(item), name in required)
            for item in distributions()
            if (name := canonicalize_name(item.name)) != OWN
        }
    )


def locked() -> dict[str, str]:
    """Return the versions that requirements.lock pins for this system, by name."""
    pins = re.findall(r"^(?=\w)[^\\\n]+", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    requirements = [Requirement(pin.strip()) for pin in pins]
    return {
        canonicalize_name(r.name): str(r.specifier).removeprefix("==")
        for r in requirements
        if r.marker is None or r.marker.evaluate()
    }


def licence(item: Distribution) -> str:
    """Return the licence that a package states, as an SPDX expression where that is possible."""
    if expression := _field(item, "License-Expression"):
        return expression
    stated = _field(item, "License")
    if stated and "\n" not in stated and len(stated) <= LONGEST_NAME:
        return SPDX.get(stated, stated)
    classifiers = item.metadata.get_all("Classifier") or []
    names = [c.rpartition(" :: ")[2] for c in classifiers if c.startswith("License :: OSI")]
    stated = " AND ".join(SPDX.get(name, name) for name in names)
    return stated or BY_FILE.get(canonicalize_name(item.name), UNKNOWN)


def _field(item: Distribution, name: str) -> str:
    return str((item.metadata.get_all(name) or [""])[0]).strip()


def sbom(listed: list[Package]) -> dict[str, object]:
    """Return the packages as a CycloneDX 1.6 document; the same environment, the same document."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    own = Package(project["name"], project["version"], project["license"], is_required=True)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {**_component(own), "type": "application"}},
        "components": [_component(package) for package in listed],
    }


def _component(package: Package) -> dict[str, object]:
    address = f"pkg:pypi/{package.name}@{package.version}"
    is_spdx = re.fullmatch(r"[\w.+() -]+", package.licence) and package.licence != "BSD License"
    stated = {"expression": package.licence} if is_spdx else {"license": {"name": package.licence}}
    return {
        "type": "library",
        "bom-ref": address,
        "name": package.name,
        "version": package.version,
        "scope": "required" if package.is_required else "excluded",
        "licenses": [stated],
        "purl": address,
    }


def table(listed: list[Package]) -> str:
    """Return a table with a line for each package."""
    rows = [("package", "version", "licence", "part of", "accepted")]
    for p in listed:
        part = "program" if p.is_required else "tools"
        rows.append((p.name, p.version, p.licence, part, "yes" if p.is_accepted else "NO"))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)
    return "\n".join(lines) + "\n"


def main() -> int:
    """Print the table or write the list; 1 if the program has a licence that is not accepted."""
    parser = argparse.ArgumentParser(description="Licences of the installed packages.")
    parser.add_argument("--sbom", type=Path, help="Write a CycloneDX JSON file.")
    target = parser.parse_args().sbom
    listed = packages()
    if target:
        target.write_text(json.dumps(sbom(listed), indent=2) + "\n", encoding="utf-8")
    else:
        print(table(listed), end="")  # noqa: T201  # its result
    return int(not all(p.is_accepted for p in listed if p.is_required))


if __name__ == "__main__":
    raise SystemExit(main())
