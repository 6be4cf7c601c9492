"""Routes of a reader's deck: an edit leads to the address of the edited deck, a file to its own.

The server keeps nothing: the deck is in the address, before and after.
"""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import parse_qs

import yaml
from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse

from dashboard.api.problems import Problem
from dashboard.context import Context, route
from dashboard.decks.edits import (
    STEPS,
    Editing,
    add,
    forget_meeting,
    mark_shown,
    page_at,
    write,
)
from dashboard.decks.link import read_link, write_link
from dashboard.decks.ready import deck_named, declare
from dashboard.selection import Selection
from dashboard.views import DECKS, MINE
from warehouse.declarations.checks import RESERVED_DECK
from warehouse.declarations.decks import deck_of
from warehouse.errors import CruscottoError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dashboard.page_cache import Pages
    from warehouse.config import Config
    from warehouse.declarations.decks import Deck

Value = TypeVar("Value")
YAML = "application/yaml; charset=utf-8"


def add_routes(server: FastAPI, config: Config, pages: Pages) -> None:
    """Add the routes to the server."""

    def context_of(request: Request) -> Context:
        selection = Selection.read(MINE, request.url.query, config.language)
        data = pages.release_data(selection.release)
        return Context(config, data, selection, route(data, MINE))

    @server.post("/api/decks/edit", include_in_schema=False)
    async def edit(request: Request) -> Response:
        form = parse_qs((await request.body()).decode(errors="replace"), keep_blank_values=True)
        context = context_of(request)
        editing = _checked(lambda: edited(context, {k: v[-1] for k, v in form.items()}))
        return _lead_to(context, editing.deck, editing.index + 1)

    @server.post("/api/decks/open", include_in_schema=False)
    async def open_file(request: Request) -> Response:
        text = (await request.body()).decode("utf-8-sig", errors="replace")
        deck, faults = deck_of(text, RESERVED_DECK, "YAML")
        if deck is None:
            raise _problem(CruscottoError(*faults))
        return _lead_to(context_of(request), deck, 1)

    @server.get("/api/decks/{name}.yaml", tags=["slides"])
    def as_file(request: Request, name: str) -> Response:
        """Return a deck as a file for the catalogue's folder `decks`, or to be opened again."""
        deck = deck_file(context_of(request), name)
        headers = {"Content-Disposition": 'attachment; filename="deck.yaml"'}
        return Response(deck, media_type=YAML, headers=headers)


def edited(context: Context, form: Mapping[str, str]) -> Editing:
    """Return the deck of the address with the texts of a form, and what its button does.

    The button is `do`: a name of `STEPS`, or `open:`, `use:`, `add:` or `forget:` with a position,
    the name of a deck, an address or a day; `add` takes the address that is written in the form,
    `shown` the day.
    """
    selection = context.selection
    editing = Editing(read_link(selection.deck).deck, selection.page)
    editing = write(editing, form, selection.lang)
    step, _, what = form.get("do", "").partition(":")
    if step == "open" and what.isdecimal():
        return Editing(editing.deck, int(what[:3]))
    if step == "use":
        deck = deck_named(context, what)
        return add(editing, declare(deck).pages) if deck else editing
    if step == "add":
        address = what or form.get("address", "")
        page = page_at(address, context.config.server.prefix, context.config.language)
        return add(editing, [page])
    if step == "shown":
        today, release = datetime.now(UTC).astimezone().date(), context.data.store.release
        return mark_shown(editing, form.get("day", ""), today, release)
    if step == "forget":
        return forget_meeting(editing, what)
    return STEPS[step](editing) if step in STEPS else editing


def deck_file(context: Context, name: str) -> str:
    """Return a deck as YAML."""
    if name == RESERVED_DECK:
        deck = read_link(context.selection.deck).deck
    else:
        ready = deck_named(context, name)
        if ready is None:
            raise Problem(
                HTTPStatus.NOT_FOUND,
                lambda _: context.text("slide.missing", address=f"{DECKS}/{name[:80]}"),
            )
        deck = declare(ready)
    content = deck.model_dump(exclude={"id"}, exclude_none=True)
    return str(yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100))


def _lead_to(context: Context, deck: Deck, position: int) -> Response:
    code = _checked(lambda: write_link(deck))
    address = context.href(deck=code, page=position)
    return RedirectResponse(address, HTTPStatus.SEE_OTHER)


def _checked(make: Callable[[], Value]) -> Value:
    """Return what a function makes; what is wrong with the request is a problem, not a crash."""
    try:
        return make()
    except CruscottoError as error:
        raise _problem(error) from error


def _problem(error: CruscottoError) -> Problem:
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, lambda language: " ".join(error.in_(language)))
