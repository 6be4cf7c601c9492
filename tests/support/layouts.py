"""One file read by a layout, with options and context as a dataset's declaration gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from etl.catalog import layout as layout_of
from etl.parsing.layout import FileContext

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import ModuleType

    from etl.parsing.layout import ParsedFile
    from warehouse.declarations.sources import SourceFile


def parse(
    layout: ModuleType,
    content: bytes,
    options: Mapping[str, Any] | None = None,
    *,
    period: str | None = None,
    **context: Any,  # noqa: ANN401  # further fields of FileContext
) -> ParsedFile:
    """Return what a layout reads in some bytes."""
    model = layout.Options.model_validate(options or {})
    file_context = FileContext(declared_period=period, **context)
    parsed: ParsedFile = layout.parse(content, model, file_context)
    return parsed


def parse_declared(file: SourceFile, folder: Path, content: bytes | None = None) -> ParsedFile:
    """Return what a declared file says, read from `folder` unless `content` is passed."""
    layout = layout_of(file.layout)
    companions = {name: (folder / path).read_bytes() for name, path in file.companions.items()}
    return layout.parse(
        content or (folder / file.path).read_bytes(),
        layout.Options.model_validate(file.options),
        FileContext(declared_period=file.period, companions=companions),
    )


def figures(parsed: ParsedFile) -> dict[tuple[str, str, str], float]:
    """Return the values of a parsed file by place, variable and period."""
    keys = parsed.cells[["code", "variable", "period"]].itertuples(index=False, name=None)
    return dict(zip(keys, parsed.cells["value"], strict=True))
