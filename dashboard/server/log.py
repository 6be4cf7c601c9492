"""Log of the server: a line per answer and per error, each with the request's id."""

from __future__ import annotations

import json
import logging
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Literal

Form = Literal["plain", "json"]

ACCESS = logging.getLogger("dashboard.access")
ERRORS = logging.getLogger("dashboard.errors")
REQUEST: ContextVar[str] = ContextVar("request", default="")


class JsonLine(logging.Formatter):
    """One JSON object per line: time (UTC), level, message, request and the record's fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record, its trace included."""
        entry = {
            "time": _moment(record),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
            "request": REQUEST.get(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            entry["trace"] = self.formatException(record.exc_info)
        return json.dumps(entry, default=str)


class PlainLine(logging.Formatter):
    """The same for people: fields as `name=value`, the trace below."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the lines of a record."""
        fields = {"request": REQUEST.get(), **getattr(record, "fields", {})}
        values = " ".join(f"{name}={_quoted(value)}" for name, value in fields.items() if value)
        line = f"{_moment(record)} {record.levelname} {record.getMessage()} {values}".rstrip()
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def configure(form: Form) -> None:
    """Log to standard error: every answer as JSON, or only refusals and errors for people."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLine() if form == "json" else PlainLine())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    ACCESS.setLevel(logging.INFO if form == "json" else logging.WARNING)


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _quoted(value: object) -> str:
    """Return a value on one line, whatever a request put into it."""
    text = str(value)
    return text if text.isascii() and text.isprintable() and " " not in text else repr(text)
