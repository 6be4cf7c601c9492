"""The catalogue as one file: that of a release in its folder, today's for servers that start."""

from __future__ import annotations

import gzip
import hashlib
import logging
import zlib
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


def read_declarations(folder: Path) -> Catalog | None:
    """Return the catalogue of a folder; None where there is none, or none that is whole."""
    try:
        return Catalog.model_validate_json(gzip.decompress((folder / FILE).read_bytes()))
    except (OSError, EOFError, zlib.error):
        return None
    except ValidationError as error:
        LOG.warning("%s: %d keys of another form", folder, error.error_count())
        return None


def declarations_of(folder: Path, manifest: Manifest, today: Catalog) -> Catalog:
    """Return the catalogue that a release was made with, and today's decks, which no data change.

    It is today's where a release is older than this file, or than a change of the declarations'
    form that its file does not follow.
    """
    digest = hashlib.sha256(today.model_dump_json().encode()).hexdigest()
    if FILE not in manifest.files or manifest.catalog == digest:
        return today
    catalog = read_declarations(folder)
    return catalog.model_copy(update={"decks": today.decks}) if catalog else today
