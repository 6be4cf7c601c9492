"""Files of decks and pages for the command line: PowerPoint, HTML, XLSX and PDF, many at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from dashboard.decks.ready import office_decks, ready_decks
from dashboard.existence import is_unknown
from dashboard.export import pdf, slides
from dashboard.opener import open_release_data
from dashboard.selection import Selection
from dashboard.views import DECKS, NOT_FOUND
from warehouse.errors import CruscottoError
from warehouse.files import write_atomic
from warehouse.messages import message, system_error

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dashboard.context import Context
    from dashboard.release_data import ReleaseData
    from dashboard.selection import Language
    from warehouse.config import Config

Format = Literal["pptx", "html", "xlsx", "pdf"]
FORMATS: tuple[Format, ...] = ("pptx", "html", "xlsx", "pdf")


def formats_of(text: str) -> list[Format]:
    """Return the formats of a list with commas; raises for one that cannot be made here."""
    names = [name.strip().lower() for name in text.split(",") if name.strip()]
    if unknown := [name for name in names if name not in FORMATS]:
        known = ", ".join(FORMATS)
        raise CruscottoError(message("no_format", name=", ".join(unknown), known=known))
    if "pdf" in names:
        pdf.browser()
    return [form for form in FORMATS if form in names]


def contexts(
    config: Config,
    names: Iterable[str],
    language: Language,
    release: str | None,
    *,
    every: bool = False,
) -> list[Context]:
    """Return what is written: decks by name, pages by address, and on request every deck.

    Raises `CruscottoError` for a name that the release does not have, before anything is written.
    """
    data = open_release_data(config, release)
    asked = list(names)
    if every:
        home = slides.context_of(config, data, Selection(lang=language))
        asked += [deck.name for deck in (*office_decks(home), *ready_decks(home))]
    return [_context(config, data, name, language) for name in dict.fromkeys(asked)]


def _context(config: Config, data: ReleaseData, name: str, language: Language) -> Context:
    address = name if "/" in name else f"{DECKS}/{name}"
    path, _, query = address.partition("?")
    selection = replace(Selection.read(path, query), lang=language, release=None)
    context = slides.context_of(config, data, selection)
    page = context.open(selection)
    if page.route.view is NOT_FOUND or is_unknown(page):
        raise CruscottoError(message("deck_address", address=name[:80]))
    return context


def write_files(
    context: Context, formats: Iterable[Format], folder: Path, template: Path | None
) -> Iterator[Path]:
    """Write a deck or a page in each format and yield the files; the name is that of the page."""
    page = context.route.values["page"].replace("/", "-") or "sintesi"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for form in formats:
            path = folder / f"{page.removeprefix('presentazioni-')}.{form}"
            write_atomic(path, _content(context, form, template))
            yield path
    except OSError as error:
        raise CruscottoError(system_error(error)) from error


def _content(context: Context, form: Format, template: Path | None) -> str | bytes:
    if form == "pptx":
        return slides.as_pptx(context, template)
    if form == "pdf":
        return pdf.as_pdf(slides.as_html(context))
    return slides.as_html(context) if form == "html" else slides.as_xlsx(context)
