"""Dash component: the browser's address, which follows the page and never runs ahead of it."""

from __future__ import annotations

from dashboard.components.page_component import PageComponent


class Address(PageComponent):
    """`shown` is the address of the page on the screen.

    After a `#` it has the number of the request, so that each request has an answer.
    """

    _type = "Address"
    properties = ("id", "shown")
