"""Loads all that draws when it is imported: every page, and every template, compiled if need be.

Workers share what the process that they are forked from has loaded. `python -m
dashboard.preloaded` compiles the templates for servers that may not write beside the code.
"""

from __future__ import annotations

import pyarrow.parquet  # noqa: F401  # each worker reads the releases before with it

import dashboard.outlines  # noqa: F401  # and each makes outlines
from dashboard.context import TEMPLATES
from dashboard.registry import load_pages

load_pages()
for _name in TEMPLATES.list_templates(extensions=["html", "atom", "txt"]):
    TEMPLATES.get_template(_name)
