"""Memory of the process, of which the C library keeps less for itself."""

from __future__ import annotations

import ctypes
from contextlib import suppress

M_ARENA_MAX = -8  # of mallopt(3), by default eight for each core
ARENAS = 2


def keep_few_arenas() -> None:
    """Let all threads share two of glibc's heaps; another C library has no such setting.

    Each thread that reads or compresses would get a heap of its own, whose free memory no other
    thread uses. Python's own objects are elsewhere, behind one lock.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, ARENAS)
