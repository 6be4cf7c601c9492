"""Dash components of the project, whose scripts come with the page."""

from __future__ import annotations

from typing import Any

from dash.development.base_component import Component

_js_dist: list[dict[str, Any]] = []  # no script but those of dashboard.bundle


class PageComponent(Component):
    """What a script of the project draws from properties; a subclass names it and them.

    Dash's own way to set properties formats a message of error for each.
    """

    _namespace = "dashboard"
    _prop_names: tuple[str, ...]  # type: ignore[assignment]  # a list in Dash, which only reads it
    _valid_wildcard_attributes: tuple[str, ...] = ()  # type: ignore[assignment]  # the same

    def __init__(self, **properties: Any) -> None:  # noqa: ANN401  # any that JSON has
        """Set properties, of which only those that the class names are sent."""
        if unknown := properties.keys() - set(self._prop_names):
            raise TypeError(f"{type(self).__name__} has no {', '.join(sorted(unknown))}")
        vars(self).update(properties)
