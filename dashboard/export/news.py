"""Changes between two releases as CSV, as a digest for e-mail, and as Atom and JSON feeds."""

from __future__ import annotations

import csv as csv_writer
import json
from dataclasses import dataclass, replace
from io import StringIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dashboard.context import TEMPLATES, Context
from dashboard.export.cells import harmless
from dashboard.news.changes import MovedTarget
from dashboard.news.projects import MovedProject
from dashboard.pages.news.panels import title
from dashboard.pages.news.rows import NewsRow, news_rows
from dashboard.pages.news.selection import feed_query, listing
from dashboard.views import NEWS, find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from dashboard.release_data import ReleaseData
    from dashboard.selection import Selection
    from warehouse.config import Config
    from warehouse.query.between import MovedValue

RELEASES = 5  # of a feed, the newest; one without changes has no entry
COLUMNS = (
    "kind", "area", "indicator", "project", "territory", "title", "period_before", "period_after",
    "before", "after", "difference", "usual", "ratio", "sign_before", "sign_after",
    "detail", "release_before", "release_after",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """The changes that one release brought, as an entry of a feed."""

    release: str
    updated: str
    title: str
    address: str
    html: str
    text: str


def context_of(config: Config, data: ReleaseData, selection: Selection) -> Context:
    """Return the context of the page of changes with the same selection."""
    return Context(config, data, replace(selection, path=NEWS), find(NEWS))


def csv(context: Context) -> str:
    """Return the selected changes as CSV, numbers with a decimal point."""
    out = StringIO()
    writer = csv_writer.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for row in rows(context):
        writer.writerow({name: harmless(v) for name, v in _record(context, row).items()})
    return out.getvalue()


def as_json(context: Context) -> str:
    """Return the selected changes as JSON: the two releases, the sentence, the rows."""
    news = listing(context)
    content = {
        "release": context.data.store.release,
        "since": news.news.before.release if news else None,
        "title": title(context),
        "changes": [_record(context, row) for row in rows(context)],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def rows(context: Context) -> list[NewsRow]:
    """Return all selected changes in words."""
    news = listing(context)
    return news_rows(context, news.news, news.shown) if news else []


def _record(context: Context, row: NewsRow) -> dict[str, Any]:
    subject, words = row.item.subject, row.words
    news = listing(context)
    return {
        "kind": row.item.kind,
        "area": " ".join(row.item.areas),
        **_keys(subject),
        "title": words.title,
        "before": words.number_before,
        "after": words.number_after,
        "difference": words.difference,
        "usual": None if isinstance(subject, MovedTarget) else subject.usual,
        "ratio": row.item.ratio,
        "sign_before": words.sign_before,
        "sign_after": words.sign_after,
        "detail": words.detail,
        "release_before": news.news.before.release if news else None,
        "release_after": context.data.store.release,
    }


def _keys(subject: MovedValue | MovedProject | MovedTarget) -> dict[str, Any]:
    """Return what a change is about; of a target that many municipalities passed, no territory."""
    if isinstance(subject, MovedProject):
        return {"project": subject.row["project"]}
    if isinstance(subject, MovedTarget):
        return {"indicator": subject.indicator}
    names = ("indicator", "territory", "period_before", "period_after")
    return {name: getattr(subject, name) for name in names}


def digest(context: Context, base: str, form: str = "html") -> str:
    """Return the selected changes as a message, HTML with its styles in place, or plain text.

    `base` is the address of the dashboard, without a slash at its end; links start with it.
    """
    markup: str = TEMPLATES.get_template(f"news/digest.{form}").render(
        context=context,
        t=context.text,
        title=title(context),
        rows=rows(context),
        link=lambda path: base + context.selection.address(path, context.config.language),
        page=base + context.selection.address(None, context.config.language),
        is_text=form != "html",
    )
    return markup


def entries(context: Context, base: str) -> Iterator[Entry]:
    """Yield what each of the newest releases changed within the scope, the newest first."""
    data: ReleaseData | None = context.data
    for _ in range(RELEASES):
        if data is None:
            return
        at_release = replace(context.selection, release=data.store.release, vs=None, kind=None)
        page = context_of(context.config, data, at_release)
        if rows(page):
            yield _entry(page, base)
        data = data.earlier()


def _entry(context: Context, base: str) -> Entry:
    manifest = context.data.store.manifest
    return Entry(
        release=manifest.release,
        updated=manifest.created.isoformat().replace("+00:00", "Z"),
        title=title(context),
        address=base + context.selection.address(None, context.config.language),
        html=digest(context, base),
        text=digest(context, base, "txt"),
    )


def atom(context: Context, base: str) -> str:
    """Return an Atom feed of what the newest releases changed within the scope."""
    found = list(entries(context, base))
    markup: str = TEMPLATES.get_template("news/feed.atom").render(
        t=context.text,
        language=context.language,
        title=feed_title(context),
        author=context.translate(context.catalog.plan.body),
        page=base + context.selection.address(None, context.config.language),
        feed=_feed_address(context, base, "atom"),
        updated=found[0].updated if found else _updated(context),
        entries=found,
    )
    return markup


def json_feed(context: Context, base: str) -> str:
    """Return the same feed in the form of JSON Feed 1.1."""
    content = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed_title(context),
        "language": context.language,
        "home_page_url": base + context.selection.address(None, context.config.language),
        "feed_url": _feed_address(context, base, "json"),
        "items": [
            {
                "id": entry.address,
                "url": entry.address,
                "title": entry.title,
                "date_published": entry.updated,
                "content_html": entry.html,
                "content_text": entry.text,
            }
            for entry in entries(context, base)
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def feed_title(context: Context) -> str:
    """Name the feed: the dashboard, and what it is about."""
    query = feed_query(context)
    names = [context.text("app.title"), context.text("nav.news"), *_scope_names(context, query)]
    return " · ".join(names)


def _scope_names(context: Context, query: dict[str, str]) -> Iterator[str]:
    catalog = context.catalog
    for node in catalog.areas:
        if node.id == query.get("area"):
            yield context.translate(node.short or node.title)
    if "territory" in query:
        yield catalog.territories[query["territory"]].name
    if "indicator" in query:
        yield context.translate(catalog.indicators[query["indicator"]].short)
    if "project" in query:
        found = context.data.rows("project", project=query["project"])
        yield from (row[f"title_{context.language}"] or row["title_it"] for row in found)


def _feed_address(context: Context, base: str, form: str) -> str:
    query = {**feed_query(context), "lang": context.language}
    return f"{base}/api/news.{form}?{urlencode(query)}"


def _updated(context: Context) -> str:
    created = context.data.store.manifest.created
    return created.isoformat().replace("+00:00", "Z")


WRITERS: Mapping[str, Callable[[Context, str], str]] = {
    "csv": lambda context, _base: csv(context),
    "html": digest,
    "atom": atom,
    "json": json_feed,
}  # by form; each takes the address of the dashboard too
