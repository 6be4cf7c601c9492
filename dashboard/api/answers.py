"""Releases that routes are asked for, and downloads: shared by all routes of the API."""

from __future__ import annotations

from datetime import UTC
from email.utils import format_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi import Response

from dashboard.api.problems import problem
from warehouse.errors import ReleaseError

if TYPE_CHECKING:
    from dashboard.page_cache import Pages
    from dashboard.release_data import ReleaseData

CSV = "text/csv; charset=utf-8"
HTML = "text/html; charset=utf-8"
PNG, SVG = "image/png", "image/svg+xml"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def existing_release(pages: Pages, release: str | None) -> ReleaseData:
    """Return the data of a release; a problem where it does not exist."""
    try:
        return pages.existing(release or None)
    except ReleaseError as error:
        raise problem(HTTPStatus.NOT_FOUND, "no_release", name=release) from error


def download(data: ReleaseData, content: str | bytes, media_type: str, name: str) -> Response:
    """Return a file to be saved under a name, as old as its release."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Last-Modified": last_modified(data),
    }
    return Response(content, media_type=media_type, headers=headers)


def last_modified(data: ReleaseData) -> str:
    """Return when a release was made, as a header says it."""
    made = data.store.manifest.created.astimezone(UTC).replace(microsecond=0)
    return format_datetime(made, usegmt=True)


def file_name(path: str) -> str:
    """Return the last part of a page's path, of letters, digits, `-` and `_` only."""
    name = path.rstrip("/").rpartition("/")[2]
    return "".join(c for c in name if c.isascii() and (c.isalnum() or c in "-_")) or "slides"
