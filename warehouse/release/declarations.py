"""The catalogue as one file: that of a release in its folder, today's for servers that start."""

from __future__ import annotations

import gzip
import hashlib
import logging
from typing import TYPE_CHECKING

from pydantic import ValidationError

from warehouse.declarations.loader import Catalog
from warehouse.files import write_atomic

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.release.manifest import Manifest

LOG = logging.getLogger(__name__)
FILE = "catalog.json.gz"


def write_declarations(folder: Path, text: str) -> Path:
    """Write a catalogue as JSON; the same one gives the same bytes."""
    path = folder / FILE
    write_atomic(path, gzip.compress(text.encode(), mtime=0))
    return path


def read_declarations(folder: Path) -> Catalog:
    """Return the catalogue of a folder.

    Raises `OSError`, `EOFError` or `zlib.error` where the file is missing or damaged, and
    `ValidationError` where its form is another.
    """
    return Catalog.model_validate_json(gzip.decompress((folder / FILE).read_bytes()))


def declarations_of(folder: Path, manifest: Manifest, today: Catalog) -> Catalog:
    """Return the catalogue that a release was made with, and today's decks, which no data change.

    It is today's where a release is older than this file, or than a change of the declarations'
    form that its file does not follow.
    """
    digest = hashlib.sha256(today.model_dump_json().encode()).hexdigest()
    if FILE not in manifest.files or manifest.catalog == digest:
        return today
    try:
        catalog = read_declarations(folder)
    except ValidationError as error:
        LOG.warning(
            "%s: %d keys of another form, shown with the current ones", folder, error.error_count()
        )
        return today
    return catalog.model_copy(update={"decks": today.decks})
