"""What a source module returns: the cells that it could read and the ones that it refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    import pyarrow as pa

    from warehouse.errors import Rejection

__all__ = ["CELL_COLUMNS", "Layout", "ParsedFile"]

CELL_COLUMNS = ("code", "variable", "period", "value", "obs_status", "line", "column")

TOLD = frozenset({"dataset", "snapshot"})  # what every layout is told beside its own options


@dataclass(frozen=True)
class ParsedFile:
    """`cells`: one row a figure, columns `CELL_COLUMNS`.

    `code` is the territory as the file writes it (any padding, cadastral, name), `value` a
    float or NaN where the source gives none, `obs_status` SDMX's (A, E, P, Q = suppressed: its
    value, if any, is what the source does not hide of it, for sums of many places), `line` and
    `column` where the figure stands in the file. `tables`: project tables of the release contract
    that the file fills instead of, or beside, figures. `sheet`: of the workbook that the figures
    stand in.
    """

    cells: pd.DataFrame
    refused: tuple[Rejection, ...] = ()
    tables: Mapping[str, pa.Table] = field(default_factory=dict)
    sheet: str = ""


class Layout(Protocol):
    """A module of `etl.layouts`: pure, no files, no network.

    Raises `SourceError` when the file as a whole is not in this layout.
    """

    def parse(self, content: bytes, options: Mapping[str, Any]) -> ParsedFile:
        """Read the bytes of one file; `options` come from the dataset's declaration."""
        ...
