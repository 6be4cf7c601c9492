"""`etl shell`: questions one after another, with history and a few words that begin with a dot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.errors import CruscottoError

try:
    import readline
except ImportError:  # a Python without readline still asks and answers
    readline = None  # type: ignore[assignment]  # the name stands for "no history"

if TYPE_CHECKING:
    from pathlib import Path

    from etl.cli.console import Report
    from warehouse.query.store import Store

REMEMBERED = 1000  # lines of history


class Prompt:
    """One conversation with one release."""

    def __init__(self, store: Store, report: Report, history: Path) -> None:
        """Talk to `store`; what is typed is kept in the file `history`."""
        self._store = store
        self._report = report
        self._history = history

    def run(self) -> None:
        """Ask until `.quit` or the end of what is typed."""
        self._remember()
        self._report.say("shell_hello", release=self._store.release)
        while (asked := self._question()) is not None:
            if asked in {".quit", ".exit"}:
                break
            if asked:
                self._answer(asked)
        if readline:
            readline.write_history_file(self._history)

    def _remember(self) -> None:
        if readline:
            readline.set_history_length(REMEMBERED)
            if self._history.exists():
                readline.read_history_file(self._history)

    def _question(self) -> str | None:
        """Return a question, which ends with `;` or an empty line; None at the end of all."""
        lines: list[str] = []
        while True:
            try:
                line = input("etl> " if not lines else "...> ").rstrip()
            except EOFError:
                return "\n".join(lines) or None
            except KeyboardInterrupt:
                print()  # noqa: T201  # the terminal's own answer to Ctrl-C
                return ""
            lines.append(line)
            if not line or line.endswith(";") or (len(lines) == 1 and line.startswith(".")):
                return "\n".join(lines).strip()

    def _answer(self, asked: str) -> None:
        word, _, rest = asked.partition(" ")
        known = {
            ".tables": "select table_name, estimated_size as rows from duckdb_tables() order by 1",
            ".schema": f"describe {rest}" if rest else "show all tables",
        }
        if word.startswith(".") and word not in known:
            self._report.say("shell_help" if word == ".help" else "shell_unknown", word=word)
            return
        try:
            self._report.answer(self._store.sql(known.get(word, asked)))
        except CruscottoError as error:
            for fault in error.in_(self._report.language):
                self._report.say("sentence", text=fault)
        except KeyboardInterrupt:
            self._report.say("shell_stopped")
