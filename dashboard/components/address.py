"""Dash component: the browser's address, which follows the page and never runs ahead of it."""

from __future__ import annotations

from typing import Any

from dash.development.base_component import Component

_js_dist: list[dict[str, Any]] = []  # its script is assets/navigation.js, loaded with the page


class Address(Component):
    """`shown` is the address of the page on the screen.

    After a `#` it has the number of the request, so that each request has an answer.
    """

    _children_props: list[str] = []  # noqa: RUF012  # as Dash declares it
    _base_nodes = ["children"]  # noqa: RUF012  # the same
    _namespace = "dashboard"  # a package that can be imported: Dash does, for every property
    _type = "Address"

    def __init__(self, **props: Any) -> None:  # noqa: ANN401  # any Dash property
        self._prop_names = ["id", "shown"]  # read by Dash's base class, as below
        self.available_properties = self._prop_names
        self._valid_wildcard_attributes: list[str] = []
        self.available_wildcard_properties = self._valid_wildcard_attributes
        super().__init__(**props)  # type: ignore[no-untyped-call]  # Dash is untyped here
