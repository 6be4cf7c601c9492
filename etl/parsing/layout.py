"""The protocol of a layout: its options, what it gets besides them, and what it returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Protocol

from pydantic import Field

from etl.quarantine import reject
from warehouse.config import Years
from warehouse.declarations.base import Declaration
from warehouse.errors import SourceError

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from warehouse.errors import Rejection

CELL_COLUMNS = ("code", "variable", "period", "value", "obs_status", "line", "column")

Lists = Mapping[str, Mapping[str, str]]  # by the list's name: what may be chosen, id → word

CodeColumn = Annotated[str, Field(description="Column with the municipality's code.")]
Province = Annotated[
    str | None,
    Field(pattern=r"^\d{3}$", description="Three digits: only its municipalities are read."),
]
Separator = Annotated[str, Field(description="The sign between two cells.")]
Header = Annotated[
    str | None,
    Field(description="Name of the first column, where titles precede the header row."),
]


class LayoutOptions(Declaration):
    """Base of every layout's `Options`, which a dataset declares under `options:`.

    A layout that cannot work without them names further fields of the file's declaration
    (`required_fields`, such as `period` or `lists`) and the names that `companions` must have.
    """

    required_fields: ClassVar[tuple[str, ...]] = ()
    required_companions: ClassVar[tuple[str, ...]] = ()


class TextOptions(LayoutOptions):
    """Options of a layout that reads delimited text, for editions that differ in form only."""

    separator: Separator = ","
    renamed: dict[str, str] = Field(
        default_factory=dict,
        description="By name of a column as the layout knows it: its name in this edition.",
    )

    @property
    def reading(self) -> dict[str, Any]:
        """The arguments of `read_rows` that these options give."""
        return {"separator": self.separator, "renamed": self.renamed}


@dataclass(frozen=True, slots=True)
class FileContext:
    """What a layout gets besides the content and the options of a file.

    `period`: the period that the file describes, where its declaration says so. `companions`: the
    bytes of the files that complete this one, by name. `zone_of`: the zone of each municipality
    by its six digits; `merged_into`: the successor of each municipality that merged. `lists`:
    what people choose from in a workbook of the office, and the `years` that it may mention.
    `snapshot`: the digest of the file's bytes.
    """

    dataset: str = ""
    snapshot: str = ""
    declared_period: str | None = None
    companions: Mapping[str, bytes] = field(default_factory=dict)
    zone_of: Mapping[str, str | None] = field(default_factory=dict)
    merged_into: Mapping[str, str] = field(default_factory=dict)
    lists: Lists = field(default_factory=dict)
    years: Years = field(default_factory=Years)

    @property
    def period(self) -> str:
        """The declared period; raises `SourceError` where the declaration has none."""
        if not self.declared_period:
            raise SourceError(reject("period_undeclared"))
        return self.declared_period

    def companion(self, name: str) -> bytes:
        """Return the bytes of a companion file; raises `SourceError` if it is missing."""
        if name not in self.companions:
            raise SourceError(reject("companion_missing", name))
        return self.companions[name]


@dataclass(frozen=True)
class ParsedFile:
    """What a layout reads in one file, and the cells that it rejects.

    `cells`: one row per figure, columns `CELL_COLUMNS`. `code` is the territory as the file writes
    it (any padding, cadastral, name), `value` a float or NaN where the source gives none,
    `obs_status` SDMX's (A, E, P, Q = suppressed: its value, if any, is the part that the source
    does not hide, for sums over many places), `line` and `column` the figure's place in the
    file. `tables`: project tables of the release contract that the file fills, instead of or in
    addition to figures. `sheet`: the sheet of a workbook that has the figures.
    """

    cells: pd.DataFrame
    rejected: tuple[Rejection, ...] = ()
    tables: Mapping[str, pa.Table] = field(default_factory=dict)
    sheet: str = ""


class Layout(Protocol):
    """A module of `etl.layouts`: pure, without access to files or network."""

    Options: type[LayoutOptions]

    def parse(self, content: bytes, options: LayoutOptions, context: FileContext) -> ParsedFile:
        """Read the bytes of one file; raises `SourceError` when it is not in this layout."""
        ...
