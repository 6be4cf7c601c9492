"""The graph of folders: who imports whom, as Mermaid diagrams for `docs/architecture.md`.

`python -m tests.project.folders` writes them there.
"""

from __future__ import annotations

import ast
import re
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

from tests.support.deployment import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    Graph = Mapping[str, set[str]]

PACKAGES = ("warehouse", "etl", "dashboard")
PAGE = PROJECT / "docs" / "architecture.md"
DIAGRAM = re.compile(r"```mermaid\n%% {package}\n.*?```".replace("{package}", r"(\w+)"), re.DOTALL)
SHARED = ("shell", "common")  # below dashboard/pages; all pages are one node


def graph(package: str) -> dict[str, set[str]]:
    """Return which folders (or single modules) of a package each of them imports."""
    folders: dict[str, set[str]] = {}
    for path in sorted((PROJECT / package).rglob("*.py")):
        importer = _folder(path)
        imported = {
            _folder(file) for file in _imports(path) if file.is_relative_to(PROJECT / package)
        }
        folders.setdefault(importer, set()).update(imported - {importer, package})
    folders.pop(package)
    return folders


def floors(folders: Graph) -> dict[str, int]:
    """Return the floor of each folder, 1 for those that import no other; raises on a cycle."""
    levels: dict[str, int] = {}
    for folder in TopologicalSorter(folders).static_order():
        levels[folder] = 1 + max((levels[lower] for lower in folders[folder]), default=0)
    return levels


def mermaid(package: str) -> str:
    """Return the diagram of a package, without the arrows that follow from others."""
    folders = graph(package)
    below = {folder: _below(folder, folders) for folder in folders}
    order = sorted(folders, key=lambda folder: (-len(below[folder]), folder))
    names = {folder: f"{package[0]}{number}" for number, folder in enumerate(order)}
    lines = []
    for folder in order:
        lower = [
            names[other]
            for other in order
            if other in folders[folder]
            and (folder in below[other] or not _is_implied(folder, other, folders, below))
        ]
        arrows = f" --> {' & '.join(lower)}" if lower else ""
        lines.append(f'    {names[folder]}["{folder.removeprefix(package + "/")}"]{arrows}')
    return "\n".join(["```mermaid", f"%% {package}", "flowchart TD", *lines, "```"])


def _is_implied(folder: str, lower: str, folders: Graph, below: Graph) -> bool:
    """Say whether another import of `folder` leads to `lower` too."""
    return any(lower in below[between] for between in folders[folder] - {lower})


def page() -> str:
    """Return the page of the architecture with diagrams of the code as it is now."""
    return DIAGRAM.sub(lambda match: mermaid(match[1]), PAGE.read_text(encoding="utf-8"))


def _below(folder: str, folders: Graph) -> set[str]:
    """Return every folder that one reaches by its imports."""
    reached: set[str] = set()
    pending = [folder]
    while pending:
        lower = folders[pending.pop()] - reached
        reached |= lower
        pending += lower
    return reached


def _folder(path: Path) -> str:
    """Return the node of a module: its first folder below the package, or itself."""
    package, *parts = path.relative_to(PROJECT).with_suffix("").parts
    parts = [part for part in parts if part != "__init__"]
    if not parts or parts == ["pages"]:
        return package
    if parts[0] == "pages":
        return f"{package}/pages/{parts[1] if parts[1] in SHARED else '…'}"
    is_module = len(parts) == 1 and path.stem != "__init__"
    return f"{package}/{parts[0]}{'.py' if is_module else ''}"


def _imports(path: Path) -> Iterator[Path]:
    """Return the files of the project that a module imports, for types too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            if file := _file(name):
                yield file


def _file(module: str) -> Path | None:
    """Return the file of a module, or of the module that has this name in it."""
    parts = module.split(".")
    if parts[0] not in PACKAGES:
        return None
    for length in (len(parts), len(parts) - 1):
        path = PROJECT.joinpath(*parts[:length])
        for file in (path.with_name(f"{path.name}.py"), path / "__init__.py"):
            if file.exists():
                return file
    return None


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
