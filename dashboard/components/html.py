"""Dash component: markup made on the server, as one element."""

from __future__ import annotations

from dashboard.components.page_component import PageComponent


class Html(PageComponent):
    """Shows `html`, which must be escaped where it was made (Jinja does).

    Links inside it that stay in the dashboard change the address without loading a page.
    """

    _type = "Html"
    properties = ("id", "html", "className", "tag")

    def __init__(self, html: str = "", **values: object) -> None:
        super().__init__(html=html, **values)
