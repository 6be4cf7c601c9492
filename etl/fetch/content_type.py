"""Check of downloaded content against the declared file type, and extraction from archives."""

from __future__ import annotations

import shutil
import zipfile
import zlib
from fnmatch import fnmatch
from typing import TYPE_CHECKING

from etl.fetch.errors import FetchError

if TYPE_CHECKING:
    from pathlib import Path

HEAD = 512  # bytes that are checked
ZIPPED = {".zip", ".xlsx", ".ods"}
SIGNATURES: dict[str, tuple[bytes, ...]] = {
    ".gz": (b"\x1f\x8b",),
    ".xls": (b"\xd0\xcf\x11\xe0",),
    ".pdf": (b"%PDF",),
}
SIGNATURES |= dict.fromkeys(ZIPPED, (b"PK",)) | dict.fromkeys((".json", ".geojson"), (b"{", b"["))
TEXT_SUFFIXES = {".csv", ".txt", ".tsv"}
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


def check(file: Path, suffix: str, content_type: str) -> None:
    """Raise `FetchError` unless `file` starts as a `suffix` file does.

    The bytes decide: providers send CSV as text/html, and error pages with a status of success.
    """
    with file.open("rb") as stream:
        head = stream.read(HEAD)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    is_valid = start.startswith(SIGNATURES.get(suffix, (b"",)))
    if suffix in TEXT_SUFFIXES:
        is_valid = not start.startswith((b"<", b"{", b"PK\x03\x04", b"%PDF")) and b"\0" not in head
    if not start or not is_valid:
        sample = head[:60].decode("utf-8", "replace")
        raise FetchError("fetch_type", f"{content_type or '?'} ≠ {suffix}", sample)


def extract(archive: Path, member: str, into: Path) -> None:
    """Write the only member of a ZIP that matches the glob `member` to `into`.

    Raises `FetchError` if the archive is damaged, or not exactly one member matches.
    """
    try:
        with zipfile.ZipFile(archive) as contents:
            matches = [n for n in contents.namelist() if fnmatch(n.rsplit("/", 1)[-1], member)]
            if len(matches) != 1:
                names = ", ".join(matches or contents.namelist()) or "—"
                raise FetchError("fetch_member", f"{member}: {names}", member)
            with contents.open(matches[0]) as packed, into.open("wb") as file:
                shutil.copyfileobj(packed, file, 1 << 20)
    except BROKEN as error:
        raise FetchError("fetch_damaged", error) from error
