"""Marks all objects as lasting: imported last by the process from which workers are forked.

A search for cycles writes to the objects that it visits, so every worker would get a copy of them.
"""

from __future__ import annotations

import gc

gc.collect()
gc.freeze()
