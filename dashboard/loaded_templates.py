"""Loads every template when it is imported, and compiles those that are not compiled.

Workers share what the process that they are forked from has loaded. `python -m
dashboard.loaded_templates` compiles for servers that may not write beside the code.
"""

from __future__ import annotations

from dashboard.context import TEMPLATES

for _name in TEMPLATES.list_templates(extensions=["html", "atom", "txt"]):
    TEMPLATES.get_template(_name)
