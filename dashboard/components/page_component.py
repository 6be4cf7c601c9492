"""Dash components of the project, whose scripts come with the page."""

from __future__ import annotations

from typing import Any, ClassVar

from dash.development.base_component import Component

_js_dist: list[dict[str, Any]] = []  # no script but those of dashboard.bundle


class PageComponent(Component):
    """What a script of the project draws from `properties`; a subclass names it and them.

    Dash's own way to set properties formats a message of error for each.
    """

    _namespace = "dashboard"
    properties: ClassVar[tuple[str, ...]]

    def __init_subclass__(cls) -> None:
        """Tell Dash which properties are sent."""
        super().__init_subclass__()
        cls._prop_names, cls._valid_wildcard_attributes = [*cls.properties], []

    def __init__(self, **values: object) -> None:
        """Set the values of properties, which JSON can have."""
        if unknown := values.keys() - set(self.properties):
            raise TypeError(f"{type(self).__name__} has no {', '.join(sorted(unknown))}")
        vars(self).update(values)
