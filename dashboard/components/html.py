"""Dash component: markup made on the server, as one element."""

from __future__ import annotations

from typing import Any

from dash.development.base_component import Component

_js_dist: list[dict[str, Any]] = []  # its script is assets/html.js, loaded with the page


class Html(Component):
    """Shows `html`, which must be escaped where it was made (Jinja does).

    Links inside it that stay in the dashboard change the address without loading a page.
    """

    _children_props: list[str] = []  # noqa: RUF012  # as Dash declares it
    _base_nodes = ["children"]  # noqa: RUF012  # the same
    _namespace = "dashboard"  # a package that can be imported: Dash does, for every property
    _type = "Html"

    def __init__(self, html: str = "", **props: Any) -> None:  # noqa: ANN401  # any Dash property
        self._prop_names = ["id", "html", "className", "tag"]  # read by Dash's base class, as below
        self.available_properties = self._prop_names
        self._valid_wildcard_attributes: list[str] = ["data-", "aria-"]
        self.available_wildcard_properties = self._valid_wildcard_attributes
        super().__init__(html=html, **props)  # type: ignore[no-untyped-call]  # Dash is untyped here
