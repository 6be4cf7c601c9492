"""The pages of territories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash.development.base_component import Component

    from dashboard.page import Page

PANELS: dict[str, Callable[[Page], Component]] = {}
HEADINGS: dict[str, Callable[[Page], dict[str, Any]]] = {}
