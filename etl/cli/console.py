"""Console output of the commands: progress bars and tables in the deployment's language."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from rich.table import Table
from rich.text import Text

from etl import log
from etl.cli.widths import column_widths
from etl.quarantine import explained, missing_last
from etl.reporter import first_few
from etl.review.audits import failures
from warehouse.formatting import number
from warehouse.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pandas as pd
    import pyarrow as pa
    from rich.console import JustifyMethod

    from warehouse.progress import Progress
    from warehouse.release.manifest import AuditResult, Manifest

MAX_NAMES = 3  # lines or columns that one row names
MOST = 40  # rows of a table
NUMBERS = ("int", "uint", "float", "double", "decimal")  # as Arrow names them


class ConsoleReporter:
    """Prints in one language; texts are those of `locale/cli.yaml`."""

    def __init__(
        self, language: str, console: Console | None = None, *, is_logged: bool = False
    ) -> None:
        """Print Italian (`it`) or English (`en`); `is_logged`: lines of JSON instead of bars."""
        self.language = language
        self.is_logged = is_logged
        self._console = console or Console()

    def word(self, key: str, **values: object) -> str:
        """Return a text with its places filled in, numbers as the language writes them."""
        cells = {name: self._cell(value) for name, value in values.items()}
        return text("cli", key, self.language, **cells)

    def say(self, key: str, **values: object) -> None:
        """Print a text with its places filled in."""
        self._console.print(self.word(key, **values), markup=False, highlight=False)

    @contextmanager
    def progress(self, key: str) -> Iterator[Progress]:
        """Draw a bar, or log lines; gives the function that receives each step."""
        if self.is_logged:
            yield log.progress(key)
            return
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[step]}"),
            TimeElapsedColumn(),
        )
        with Bar(*columns, console=self._console) as bar:
            task = bar.add_task(self.word(key), total=None, step="")

            def show(step: str, done: int, total: int, *, rows: int = 0, outcome: str = "") -> None:
                del rows, outcome  # for the log only
                bar.update(task, completed=done, total=total, step=step)

            yield show

    def inputs(
        self, component: pd.DataFrame, snapshot: pd.DataFrame, rejected: pd.DataFrame
    ) -> None:
        """Print how many files, figures and rejections each dataset has."""
        counts = {
            "files": snapshot.groupby("dataset").size(),
            "figures": component.groupby("dataset").size(),
            "rejected": rejected.groupby("dataset").size(),
        }
        names = sorted(set().union(*(c.index for c in counts.values())))
        rows = [(n, *(int(c.get(n, 0)) for c in counts.values())) for n in names]
        self.table("title_inputs", ["dataset", *counts], rows)

    def rejections(self, rejected: pd.DataFrame) -> None:
        """Print rejected rows, those of a file or sheet with equal texts on one line."""
        texts = ["message", "suggestion"]
        groups = explained(missing_last(rejected), self.language).groupby(
            ["dataset", "file", "sheet", *texts], sort=False
        )
        rows = []
        for (dataset, file, sheet, message, suggestion), group in groups:
            where = f"{file} [{sheet}]" if sheet else str(file)
            lines = first_few([str(line) for line in group["line"].unique() if line], MAX_NAMES)
            if lines:
                columns = first_few(list(filter(None, group["column"].unique())), MAX_NAMES)
                where += f"\n{self.word('line')} {lines}" + (f": {columns}" if columns else "")
            rows.append((f"{dataset}\n{where}", len(group), f"{message}\n{suggestion}"))
        self.table("title_rejected", ["where", "rows", "why"], rows)

    def audits(self, manifest: Manifest, results: Iterable[AuditResult] | None = None) -> None:
        """Print audits with bad rows, those that forbid publishing first."""
        rows = [
            (
                f"{failure.result.audit}\n{failure.description}",
                self.word(failure.result.severity),
                failure.result.failures,
                _sample(failure.sample[0]) if failure.sample else "",
            )
            for failure in failures(manifest, self.language, results)
        ]
        self.table("title_audits", ["audit", "severity", "bad_rows", "sample"], rows)

    def answer(self, rows: pa.Table) -> None:
        """Print the answer to a query; a missing value is a dash."""
        table = Table()
        for field in rows.schema:
            is_number = str(field.type).startswith(NUMBERS)
            table.add_column(Text(field.name), justify="right" if is_number else "left")
        for row in rows.slice(0, MOST).to_pylist():
            table.add_row(*(Text("–" if cell is None else str(cell)) for cell in row.values()))
        if rows.num_rows:
            self._console.print(table)
        self.say("answer_rows", rows=rows.num_rows, shown=min(MOST, rows.num_rows))

    def errors(self, errors: Iterable[str]) -> None:
        """Print what must be corrected."""
        self.table("error_list", ["error_list"], [(error,) for error in errors])

    def table(self, title: str, columns: Iterable[str], rows: Iterable[tuple[object, ...]]) -> None:
        """Print a table, its title and columns keys of `locale/cli.yaml`; nothing without rows."""
        cells = list(rows)
        if not cells:
            return
        table = Table(title=self.word(title), title_justify="left", show_lines=False)
        headers = [self.word(key) for key in columns]
        texts = [[self._cell(cell) for cell in row] for row in cells[:MOST]]
        widths = column_widths(list(zip(headers, *texts, strict=True)), self._console.width)
        for header, first, width in zip(headers, cells[0], widths, strict=True):
            justify: JustifyMethod = "right" if isinstance(first, int) else "left"
            table.add_column(Text(header), justify=justify, overflow="fold", width=width)
        for row in texts:
            table.add_row(*map(Text, row))
        self._console.print(table)
        if len(cells) > MOST:
            self.say("and_more", rows=len(cells) - MOST)

    def _cell(self, value: object) -> str:
        """Write a cell: whole numbers in the language, anything else unchanged."""
        is_number = isinstance(value, int) and not isinstance(value, bool)
        return number(value, 0, self.language) if is_number else str(value)


def _sample(row: Mapping[str, object]) -> str:
    """Write a bad row on one line; floats to six digits."""
    return ", ".join(
        f"{name}: {value:.6g}" if isinstance(value, float) else f"{name}: {value}"
        for name, value in row.items()
        if value is not None
    )
