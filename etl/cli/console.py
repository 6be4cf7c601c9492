"""What a run of the command line shows: progress bars and tables, in the deployment's language."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from rich.table import Table
from rich.text import Text

from etl import log
from etl.cli.words import named, word
from etl.review.audits import audited

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pandas as pd
    import pyarrow as pa

    from warehouse.progress import Progress
    from warehouse.release.manifest import Manifest

WHOLE = frozenset({"release", "state", "severity", "kept_by"})  # columns that never fold
FIRST = 3  # lines or columns that one row names
MOST = 40  # rows of a table of refusals or changes that are shown
NUMBERS = ("int", "uint", "float", "double", "decimal")  # as Arrow names them


class Report:
    """Writes to the console in one language."""

    def __init__(
        self, language: str, console: Console | None = None, *, is_logged: bool = False
    ) -> None:
        """Write Italian (`it`) or English (`en`); `is_logged`: lines of JSON, and no bars."""
        self.language = language
        self.is_logged = is_logged
        self._console = console or Console()

    def word(self, key: str, **filled: object) -> str:
        """Return the words of `words.yaml`, with `{…}` filled in."""
        return word(key, self.language, **filled)

    def say(self, key: str, **filled: object) -> None:
        """Print one sentence."""
        self._console.print(self.word(key, **filled), markup=False, highlight=False)

    @contextmanager
    def progress(self, key: str) -> Iterator[Progress]:
        """Show a bar, or log lines; gives what to call with (step, done, total)."""
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
                del rows, outcome  # the log tells them
                bar.update(task, completed=done, total=total, step=step)

            yield show

    def read(self, component: pd.DataFrame, snapshot: pd.DataFrame, refused: pd.DataFrame) -> None:
        """Show files, figures and refusals of every dataset."""
        counts = {
            "files": snapshot.groupby("dataset").size(),
            "figures": component.groupby("dataset").size(),
            "refused": refused.groupby("dataset").size(),
        }
        names = sorted(set().union(*(c.index for c in counts.values())))
        rows = [(n, *(int(c.get(n, 0)) for c in counts.values())) for n in names]
        self.table("title_read", ["dataset", *counts], rows)

    def refusals(self, refused: pd.DataFrame) -> None:
        """Show what was refused, alike cells of a file or sheet on one line."""
        said = [f"message_{self.language}", f"suggestion_{self.language}"]
        alike = refused.groupby(["dataset", "file", "sheet", *said], sort=False)
        rows = []
        for (dataset, file, sheet, message, suggestion), group in alike:
            where = f"{file} [{sheet}]" if sheet else str(file)
            lines = named([str(line) for line in group["line"].unique() if line], FIRST)
            if lines:
                columns = named(list(filter(None, group["column"].unique())), FIRST)
                where += f"\n{self.word('line')} {lines}" + (f": {columns}" if columns else "")
            rows.append((f"{dataset}\n{where}", len(group), f"{message}\n{suggestion}"))
        self.table("title_refused", ["where", "rows", "why"], rows)

    def refused_before(self, rows: int) -> None:
        """Say how many rows are refused as they were in the published release."""
        if rows:
            self.say("refused_before", rows=rows)

    def audits(self, manifest: Manifest) -> None:
        """Show the audits that found bad rows, those that forbid publishing first."""
        rows = [
            (
                f"{a.result.audit}\n{a.why}",
                self.word(a.result.severity),
                a.result.failures,
                _said(a.sample[0]) if a.sample else "",
            )
            for a in audited(manifest, self.language)
        ]
        self.table("title_audits", ["audit", "severity", "bad_rows", "sample"], rows)

    def changes(self, changes: pd.DataFrame) -> None:
        """Show how many values differ from the published release, by indicator and kind."""
        if changes.empty:
            self.say("no_changes")
        rows = [
            (indicator, self.word(str(kind)), len(group), " ".join(sorted(set(group["period"]))))
            for (indicator, kind), group in changes.groupby(["indicator", "kind"])
        ]
        self.table("title_changes", ["indicator", "change", "rows", "periods"], rows)

    def releases(self, states: Iterable[tuple[Manifest, str]]) -> None:
        """Show releases and drafts with their state, a key of `words.yaml`."""
        rows = [
            (
                m.release,
                f"{m.created:%H:%M}",
                m.tables["observation"].rows,
                self.word(state),
            )
            for m, state in states
        ]
        self.table("title_releases", ["release", "hour", "observations", "state"], rows)

    def datasets(self, datasets: pd.DataFrame) -> None:
        """Show what the published release has of every dataset."""
        columns = ["dataset", "files", "figures", "last_period", "refused"]
        rows = datasets[columns].fillna("").itertuples(index=False)
        self.table("title_read", columns, rows)

    def answer(self, rows: pa.Table) -> None:
        """Show what somebody's own question got; what is missing is a dash."""
        table = Table()
        for field in rows.schema:
            is_number = str(field.type).startswith(NUMBERS)
            table.add_column(Text(field.name), justify="right" if is_number else "left")
        for row in rows.slice(0, MOST).to_pylist():
            table.add_row(*(Text("–" if cell is None else str(cell)) for cell in row.values()))
        if rows.num_rows:
            self._console.print(table)
        self.say("answer_rows", rows=rows.num_rows, shown=min(MOST, rows.num_rows))

    def faults(self, faults: Iterable[str]) -> None:
        """Show what a person has to mend."""
        self.table("fault", ["fault"], [(fault,) for fault in faults])

    def table(self, title: str, columns: Iterable[str], rows: Iterable[tuple[object, ...]]) -> None:
        """Show rows under a title, both keys of `words.yaml`; nothing where there is none."""
        listed = list(rows)
        if not listed:
            return
        table = Table(title=self.word(title), title_justify="left", show_lines=False)
        for position, key in enumerate(columns):
            is_number = isinstance(listed[0][position], int)
            table.add_column(
                self.word(key),
                justify="right" if is_number else "left",
                overflow="fold",
                no_wrap=key in WHOLE,
            )
        for row in listed[:MOST]:
            table.add_row(*(str(cell).replace("[", r"\[") for cell in row))
        self._console.print(table)
        if len(listed) > MOST:
            self.say("and_more", rows=len(listed) - MOST)


def _said(row: Mapping[str, object]) -> str:
    """Write a bad row on one line; floats to six digits."""
    return ", ".join(
        f"{name}: {value:.6g}" if isinstance(value, float) else f"{name}: {value}"
        for name, value in row.items()
        if value is not None
    )
