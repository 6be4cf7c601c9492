"""`etl review`, `publish`, `rollback`, `releases`, `status`: the releases and their drafts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl.report import Report
from etl.review.findings import read_findings
from etl.review.page import page
from etl.review.sections import sections
from etl.review.terminal import show
from etl.review.written import Written
from warehouse.build import read_draft
from warehouse.catalog import read_catalog
from warehouse.config import read_config
from warehouse.errors import ReleaseError
from warehouse.release import drafts, list_releases, published
from warehouse.release import publish as publish_release
from warehouse.release import rollback as roll_back
from warehouse.store import Releases

if TYPE_CHECKING:
    from warehouse.config import Config

Html = Annotated[Path | None, typer.Option("--html", help="Write one HTML file, and no tables.")]
Chosen = Annotated[str | None, typer.Argument(help="A release, such as 2026-01-31-0123abcd.")]


def review(
    release: Chosen = None,
    *,
    html: Html = None,
) -> None:
    """Show what a draft would change: values, audits, refused rows."""
    config = read_config()
    report = Report(config.language)
    draft = read_draft(config, release or _newest(config, report))
    catalog = read_catalog(config.catalog)
    written = Written(catalog, config.language)
    found = read_findings(config, draft, catalog)
    listed = sections(found, written)
    if html:
        html.write_text(page(found, listed, written, report), encoding="utf-8")
        report.say("review_written", file=html)
    else:
        show(found, listed, written, report)


def publish(release: Chosen = None) -> None:
    """Make a draft (by default the newest) the published release."""
    config = read_config()
    report = Report(config.language)
    manifest = publish_release(config, release or _newest(config, report))
    rows = manifest.tables["observation"].rows
    report.say("now_published", release=manifest.release, observations=rows)


def rollback(release: Chosen = None) -> None:
    """Point back to a release, by default the one before the published one."""
    config = read_config()
    manifest = roll_back(config, release)
    rows = manifest.tables["observation"].rows
    Report(config.language).say("now_published", release=manifest.release, observations=rows)


def releases() -> None:
    """List releases and drafts."""
    config = read_config()
    current = published(config)
    states = [(m, "draft") for m in drafts(config)]
    states += [(m, "published" if m.release == current else "kept") for m in list_releases(config)]
    Report(config.language).releases(states)


def status() -> None:
    """Show what is published, dataset by dataset."""
    config = read_config()
    report = Report(config.language)
    if published(config) is None:
        report.say("none_published")
        raise typer.Exit(1)
    store = Releases(config).open()
    report.releases([(store.manifest, "published"), *((m, "draft") for m in drafts(config))])
    report.datasets(store.frame("datasets"))
    report.audits(store.manifest.audits)


def _newest(config: Config, report: Report) -> str:
    waiting = drafts(config)
    if not waiting:
        raise ReleaseError(report.word("no_draft"))
    return waiting[0].release
