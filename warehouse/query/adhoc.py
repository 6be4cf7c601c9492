"""Ad hoc SQL on a release: one read-only statement, its rows or a one-line error."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import duckdb

from warehouse.errors import ReleaseError
from warehouse.messages import message

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

    from warehouse.messages import Message

Kind = duckdb.StatementType
BATCH, LARGEST = 100_000, 512 << 20  # rows per batch, bytes of a result
READING = frozenset({Kind.SELECT, Kind.EXPLAIN, Kind.MULTI, Kind.PRAGMA, Kind.CALL})  # MULTI: pivot
POSITION = re.compile(
    r"\n+LINE (?P<line>\d+): (?P<cut>(?:\.{3})?)(?P<text>.*)\n(?P<gap> *)\^[\s\S]*"
)


def ask(open_cursor: Callable[[], duckdb.DuckDBPyConnection], statement: str) -> pa.Table:
    """Return the rows of one statement, on a cursor of its own.

    It runs in a read-only transaction: an INSERT hidden in a WITH fails too. Raises
    `ReleaseError` of one line, with the line and column of the error if known.
    """
    try:
        with open_cursor() as cursor:
            statements = cursor.extract_statements(statement)
            if len(statements) != 1 or statements[0].type not in READING:
                raise ReleaseError(message("one_question"))
            cursor.execute("begin transaction read only")
            return _collect(cursor.sql(statement).to_arrow_reader(BATCH))
    except duckdb.Error as error:
        raise ReleaseError(
            _sql_error(_error_with_position(open_cursor, statement) or str(error), statement)
        ) from error


def _error_with_position(
    open_cursor: Callable[[], duckdb.DuckDBPyConnection], statement: str
) -> str:
    """Return the error of a statement with its position, which only `execute` reports."""
    try:
        with open_cursor() as cursor:
            cursor.execute("begin transaction read only")
            cursor.execute(statement)
    except duckdb.Error as error:
        return str(error)
    return ""


def _collect(batches: pa.RecordBatchReader) -> pa.Table:
    """Return all rows; raises `ReleaseError` if they are too many."""
    import pyarrow as pa  # noqa: PLC0415  # a server starts without it

    collected, size = [], 0
    for batch in batches:
        collected.append(batch)
        size += batch.nbytes
        if size > LARGEST:
            rows = sum(batch.num_rows for batch in collected)
            raise ReleaseError(message("answer_too_large", rows=rows, megabytes=LARGEST >> 20))
    return pa.Table.from_batches(collected, batches.schema)


def _sql_error(text: str, statement: str) -> Message:
    """Return DuckDB's error with its position as numbers instead of a drawing."""
    match = POSITION.search(text)
    error = " ".join(POSITION.sub("", text).split())
    if match is None:
        return message("wrong_question", said=error)
    line = int(match["line"])
    source = statement.split("\n")[line - 1]
    excerpt = match["text"].removesuffix("...")
    before = len(f"LINE {line}: {match['cut']}")
    column = source.find(excerpt) + len(match["gap"]) - before + 1
    return message("wrong_question_at", said=error, line=line, column=column)
