"""Whether the bytes that came are of the kind that was declared, and what is in an archive."""

from __future__ import annotations

import shutil
import zipfile
import zlib
from fnmatch import fnmatch
from typing import TYPE_CHECKING

from etl.fetch.errors import FetchError

if TYPE_CHECKING:
    from pathlib import Path

HEAD = 512
ZIPPED = {".zip", ".xlsx", ".ods"}
BEGINS: dict[str, tuple[bytes, ...]] = {
    ".gz": (b"\x1f\x8b",),
    ".xls": (b"\xd0\xcf\x11\xe0",),
    ".pdf": (b"%PDF",),
}
BEGINS |= dict.fromkeys(ZIPPED, (b"PK",)) | dict.fromkeys((".json", ".geojson"), (b"{", b"["))
OF_TEXT = {".csv", ".txt", ".tsv"}
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


def check(file: Path, suffix: str, said: str) -> None:
    """Raise `FetchError` unless `file` begins as a `suffix` does; `said` is its Content-Type.

    The bytes decide: providers send CSV as text/html, and error pages with a status of success.
    """
    with file.open("rb") as read:
        head = read.read(HEAD)
    begins = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    is_right = begins.startswith(BEGINS.get(suffix, (b"",)))
    if suffix in OF_TEXT:
        is_right = not begins.startswith((b"<", b"{", b"PK\x03\x04", b"%PDF")) and b"\0" not in head
    if not begins or not is_right:
        shown = head[:60].decode("utf-8", "replace")
        raise FetchError("fetch_type", f"{said or '?'} ≠ {suffix}", shown)


def take_out(archive: Path, member: str, into: Path) -> None:
    """Write the one member of a ZIP that fits the glob `member` to `into`.

    Raises `FetchError` when the archive is damaged, or no or several members fit.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            fitting = [n for n in opened.namelist() if fnmatch(n.rsplit("/", 1)[-1], member)]
            if len(fitting) != 1:
                said = ", ".join(fitting or opened.namelist()) or "—"
                raise FetchError("fetch_member", f"{member}: {said}", member)
            with opened.open(fitting[0]) as packed, into.open("wb") as file:
                shutil.copyfileobj(packed, file, 1 << 20)
    except BROKEN as error:
        raise FetchError("fetch_damaged", error) from error
