"""The bytes of a file as text or JSON; `SourceError` says why they are not."""

from __future__ import annotations

import codecs
import gzip
import json
import re
import zlib
from typing import TYPE_CHECKING, Any

from etl.quarantine import reject
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
SDMX_ML = re.compile(r"\s*<(\?xml\b|(\w+:)?(GenericData|StructureSpecificData|Structure)\b)")
HTML_PAGE = re.compile(r"\s*<(!doctype html|html|head|body)\b", re.IGNORECASE)
# The first bytes of a file that say its encoding, whatever the declaration has.
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
NULL, MARK = "\x00", "\ufeff"  # a mark inside a file is where another file was appended
LINE_END = re.compile(r"\r\n|\r|\n")


def decode(content: bytes, encoding: str = "utf-8-sig") -> str:
    """Return the text of a file, unpacked if it is gzipped; raises `SourceError`.

    A byte order mark at its beginning takes precedence over `encoding`.
    """
    content = _unpacked(content)
    encoding = next((MARKS[mark] for mark in MARKS if content.startswith(mark)), encoding)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        name = encoding.removesuffix("-sig")
        raise SourceError(reject("encoding", line=line, encoding=name)) from error
    if not text or text.isspace():
        raise SourceError(reject("empty"))
    if HTML_PAGE.match(text):
        raise SourceError(reject("web_page"))
    for sign, rule in ((NULL, "binary"), (MARK, "byte_order_mark")):
        if sign in text:
            raise SourceError(reject(rule, line=line_of(text, text.index(sign))))
    return text


def _unpacked(content: bytes) -> bytes:
    if content.startswith(ZIP):
        raise SourceError(reject("zipped"))
    if not content.startswith(GZIP):
        return content
    try:
        return gzip.decompress(content)
    except (EOFError, OSError, zlib.error) as error:
        raise SourceError(reject("archive")) from error


def read_json(content: bytes) -> Any:  # noqa: ANN401  # any JSON value
    """Return the value of a JSON file; raises `SourceError`."""
    text = decode(content)
    try:
        return json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        rejection = reject("json_broken", error.colno, line=error.lineno)
        raise SourceError(rejection) from error
    except RecursionError as error:
        raise SourceError(reject("json_broken", 1, line=1)) from error


def _no_number(_: str) -> None:
    """Read NaN and the infinities, which are not JSON, as missing."""


def split_lines(text: str) -> Iterator[str]:
    """Yield the lines of a text, each with its line ending of any kind."""
    start = 0
    for end in LINE_END.finditer(text):
        yield text[start : end.end()]
        start = end.end()
    if start < len(text):
        yield text[start:]


def line_of(text: str, position: int) -> int:
    """Return the number of the line that has the character at `position`."""
    return len(LINE_END.findall(text, 0, position)) + 1


def is_sdmx_ml(text: str) -> bool:
    """Say whether a text is SDMX-ML, or another XML file."""
    return bool(SDMX_ML.match(text))


def header_names(content: bytes, separator: str) -> frozenset[str]:
    """Return the column names of the first line, which tell the editions of a file apart."""
    line = content.split(b"\n", 1)[0].decode("utf-8-sig", "replace")
    return frozenset(" ".join(name.strip(' "\r').split()) for name in line.split(separator))
