"""One question in SQL, asked by a person: read-only, on one release, answered or told why not."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING

import duckdb

from warehouse.errors import ReleaseError
from warehouse.faults import fault

if TYPE_CHECKING:
    import pyarrow as pa

    from warehouse.faults import Fault

Kind = duckdb.StatementType
ASKING = frozenset({Kind.SELECT, Kind.EXPLAIN, Kind.MULTI, Kind.PRAGMA, Kind.CALL})  # MULTI: pivot
WHERE = re.compile(r"\n+LINE (?P<line>\d+): (?P<cut>(?:\.{3})?)(?P<text>.*)\n(?P<gap> *)\^[\s\S]*")


def ask(connection: duckdb.DuckDBPyConnection, statement: str) -> pa.Table:
    """Return the rows that one statement asks for.

    It runs in a read-only transaction: an INSERT hidden in a WITH fails as well. Raises
    `ReleaseError` of one line, with the line and column of the fault where there is one.
    """
    try:
        statements = connection.extract_statements(statement)
        if len(statements) != 1 or statements[0].type not in ASKING:
            raise ReleaseError(fault("one_question"))
        with connection.cursor() as cursor, warnings.catch_warnings():
            # `sql` would make one copy less, but its faults have no position.
            warnings.filterwarnings("ignore", "Arrow output on a DB-API result")
            cursor.execute("begin transaction read only")
            answer: pa.Table = cursor.execute(statement).to_arrow_table()
            return answer
    except duckdb.Error as error:
        raise ReleaseError(_fault(str(error), statement)) from error


def _fault(message: str, statement: str) -> Fault:
    """Say what DuckDB says, with the position as numbers and not as a drawing."""
    found = WHERE.search(message)
    told = " ".join(WHERE.sub("", message).split())
    if found is None:
        return fault("wrong_question", said=told)
    line = int(found["line"])
    asked = statement.split("\n")[line - 1]
    shown = found["text"].removesuffix("...")
    before = len(f"LINE {line}: {found['cut']}")
    column = asked.find(shown) + len(found["gap"]) - before + 1
    return fault("wrong_question_at", said=told, line=line, column=column)
