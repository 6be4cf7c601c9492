"""One question in SQL, asked by a person: read-only, on one release, answered or told why not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from warehouse.errors import ReleaseError
from warehouse.messages import message

if TYPE_CHECKING:
    from warehouse.messages import Message

Kind = duckdb.StatementType
BATCH, LARGEST = 100_000, 512 << 20  # rows of a piece, bytes of an answer
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
            raise ReleaseError(message("one_question"))
        with connection.cursor() as cursor:
            cursor.execute("begin transaction read only")
            return _gathered(cursor.sql(statement).to_arrow_reader(BATCH))
    except duckdb.Error as error:
        raise ReleaseError(
            _sql_error(_placed(connection, statement) or str(error), statement)
        ) from error


def _placed(connection: duckdb.DuckDBPyConnection, statement: str) -> str:
    """Return the fault of a statement with its position, which DuckDB tells of what it executes."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("begin transaction read only")
            cursor.execute(statement)
    except duckdb.Error as error:
        return str(error)
    return ""


def _gathered(batches: pa.RecordBatchReader) -> pa.Table:
    """Return all rows, as long as they fit; raises `ReleaseError` where they do not."""
    taken, size = [], 0
    for batch in batches:
        taken.append(batch)
        size += batch.nbytes
        if size > LARGEST:
            rows = sum(one.num_rows for one in taken)
            raise ReleaseError(message("answer_too_large", rows=rows, megabytes=LARGEST >> 20))
    return pa.Table.from_batches(taken, batches.schema)


def _sql_error(text: str, statement: str) -> Message:
    """Say what DuckDB says, with the position as numbers and not as a drawing."""
    found = WHERE.search(text)
    told = " ".join(WHERE.sub("", text).split())
    if found is None:
        return message("wrong_question", said=told)
    line = int(found["line"])
    asked = statement.split("\n")[line - 1]
    shown = found["text"].removesuffix("...")
    before = len(f"LINE {line}: {found['cut']}")
    column = asked.find(shown) + len(found["gap"]) - before + 1
    return message("wrong_question_at", said=told, line=line, column=column)
