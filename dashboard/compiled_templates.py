"""Templates compiled once, beside the code as Python keeps its own modules."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from importlib.metadata import version
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache

from warehouse.files import write_atomic

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2.bccache import Bucket

DIGEST = 32  # bytes of a SHA-256


class CompiledTemplates(BytecodeCache):
    """Files of compiled templates; one that is missing, damaged or old is compiled again.

    It is code: so it lies in the package, where nobody else may write, and not with the data.
    """

    def __init__(self, folder: Path, settings: str) -> None:
        """Keep what Jinja makes in this version with these settings of the environment."""
        self.folder = folder
        self._edition = hashlib.sha256(f"{version('jinja2')} {settings}".encode()).hexdigest()[:16]

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket from its file."""
        with suppress(OSError):
            content = self._path(bucket).read_bytes()
            if hashlib.sha256(content[DIGEST:]).digest() == content[:DIGEST]:
                bucket.bytecode_from_string(content[DIGEST:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write the bucket's file, where the package can be written."""
        content = bucket.bytecode_to_string()
        with suppress(OSError):
            write_atomic(self._path(bucket), hashlib.sha256(content).digest() + content)

    def _path(self, bucket: Bucket) -> Path:
        return self.folder / f"{bucket.key}-{self._edition}.pyc"
