"""Limits of ZIP archives, checked before anything in them is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from etl.quarantine import reject
from warehouse.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable

MEGABYTE = 1_000_000
MOST_UNPACKED = 256 * MEGABYTE
MOST_RATIO = 100  # unpacked to packed; large workbooks of real figures have 5 to 20
ALWAYS_ALLOWED = MEGABYTE  # small archives may have any ratio
FAULTS = (  # what zipfile and zlib raise for damaged, encrypted or unknown archives
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)


def open_archive(content: bytes, damaged: Callable[[], SourceError]) -> zipfile.ZipFile:
    """Open a ZIP archive; raises what `damaged` returns if it is none.

    Raises `SourceError` for one that would become far larger than its files can be. A member
    cannot be larger than the directory says: reading stops there.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except FAULTS as error:
        raise damaged() from error
    unpacked = sum(member.file_size for member in archive.infolist())
    ratio = unpacked / max(len(content), 1)
    if unpacked > MOST_UNPACKED or (unpacked > ALWAYS_ALLOWED and ratio > MOST_RATIO):
        raise SourceError(
            reject(
                "archive_size",
                unpacked=round(unpacked / MEGABYTE),
                packed=f"{len(content) / MEGABYTE:.1f}",
                most=MOST_UNPACKED // MEGABYTE,
                ratio=MOST_RATIO,
            )
        )
    return archive
