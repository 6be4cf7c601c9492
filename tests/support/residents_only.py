"""The project's own catalogue cut down to residents, outlines and the plan: quick to publish."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

from tests.support.deployment import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

DATASETS = {"municipal_boundaries", "plan_projects", "population"}
COMPONENT = re.compile(r"^(?:numerator|denominator|weight): .*?(\w+)\.\w+", re.MULTILINE)


def residents_only(folder: Path) -> Path:
    """Write the catalogue into a new `folder` and return it."""
    shutil.copytree(PROJECT / "warehouse" / "catalog", folder)
    for path in (folder / "datasets").glob("*.yaml"):
        if path.stem not in DATASETS:
            path.unlink()
    for path in (folder / "indicators").rglob("*.yaml"):
        if not set(COMPONENT.findall(path.read_text(encoding="utf-8"))) <= DATASETS:
            path.unlink()
    for name in ("annotations", "events"):
        (folder / f"{name}.yaml").unlink()
    shutil.rmtree(folder / "readings")
    (folder / "corrections.yaml").write_text("corrections: []\n", encoding="utf-8")
    return folder
