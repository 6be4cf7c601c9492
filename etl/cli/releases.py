"""Commands on releases: review, publish, rollback, releases, gc, pin, unpin, status."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl.cli.console import ConsoleReporter
from warehouse.config import read_config
from warehouse.errors import ReleaseError
from warehouse.formatting import number
from warehouse.release.publish import drafts, list_releases, published
from warehouse.release.publish import publish as publish_release
from warehouse.release.publish import rollback as roll_back

if TYPE_CHECKING:
    from warehouse.config import Config

Html = Annotated[Path | None, typer.Option("--html", help="Write one HTML file, and no tables.")]
ReleaseName = Annotated[str | None, typer.Argument(help="A release, such as 2026-01-31-0123abcd.")]


def review(release: ReleaseName = None, *, html: Html = None) -> None:
    """Show what a draft, or else the published release, changes: values, audits, rejected rows."""
    config = read_config()
    report = ConsoleReporter(config.language)
    from etl.catalog import read_catalog  # noqa: PLC0415  # as all below: import what computes late
    from etl.review.diff import read_findings  # noqa: PLC0415
    from etl.review.formatting import ReviewFormatter  # noqa: PLC0415
    from etl.review.html import page  # noqa: PLC0415
    from etl.review.sections import sections  # noqa: PLC0415
    from etl.review.terminal import show  # noqa: PLC0415
    from warehouse.build.draft import read_draft  # noqa: PLC0415

    if release is None:
        release = next((d.release for d in drafts(config)), None) or published(config)
    if release is None:
        raise ReleaseError(report.word("no_draft"))
    catalog = read_catalog(config.catalog)
    formatter = ReviewFormatter(catalog, config.language)
    findings = read_findings(config, read_draft(config, release), catalog)
    parts = sections(findings, formatter)
    if html is None:
        show(findings, parts, formatter, report)
        return
    html.write_text(page(findings, parts, formatter, report), encoding="utf-8")
    report.say("review_written", file=html)


def publish(
    release: ReleaseName = None,
    *,
    accept: Annotated[
        list[str] | None, typer.Option(help="A failed audit to publish in spite of.")
    ] = None,
    because: Annotated[
        list[str] | None, typer.Option(help="Why; one for each --accept, stored in the release.")
    ] = None,
) -> None:
    """Make a draft (by default the newest) the published release."""
    config = read_config()
    report = ConsoleReporter(config.language)
    audits, reasons = accept or [], because or []
    if len(audits) != len(reasons):
        raise ReleaseError(report.word("accept_because"))
    accepted = dict(zip(audits, reasons, strict=True))
    manifest = publish_release(config, release or _newest(config, report), accepted)
    rows = manifest.tables["observation"].rows
    report.say("now_published", release=manifest.release, observations=rows)


def rollback(release: ReleaseName = None) -> None:
    """Point back to a release, by default the one before the published one."""
    config = read_config()
    manifest = roll_back(config, release)
    rows = manifest.tables["observation"].rows
    ConsoleReporter(config.language).say(
        "now_published", release=manifest.release, observations=rows
    )


def releases() -> None:
    """List releases and drafts: their state, whether they are pinned, what was accepted."""
    config = read_config()
    report = ConsoleReporter(config.language)
    from warehouse.release.retention import pin_reasons, pins  # noqa: PLC0415

    current, reasons = published(config), pin_reasons(config)
    notes = {name: [report.word("pinned_for", why=reasons.get(name, ""))] for name in pins(config)}
    states = [(m, "draft") for m in drafts(config)]
    states += [
        (m, "published" if m.release == current else "stored") for m in list_releases(config)
    ]
    rows = [
        (
            m.release,
            f"{m.created:%H:%M}",
            m.tables["observation"].rows,
            report.word(state),
            "\n".join(
                [*notes.get(m.release, ()), *(f"{a.audit}: {a.because}" for a in m.accepted)]
            ),
        )
        for m, state in states
    ]
    columns = ("release", "hour", "observations", "state", "note")
    report.table("title_releases", columns, rows)


def gc(
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be removed.")
    ] = False,
    snapshots: Annotated[
        bool, typer.Option("--snapshots", help="Also raw files that no release refers to.")
    ] = False,
) -> None:
    """Remove old releases and drafts by the rule of config.yaml, never a pinned one."""
    config = read_config()
    report = ConsoleReporter(config.language)
    from warehouse.release.retention import gc as collect  # noqa: PLC0415

    removed = collect(config, snapshots=snapshots, rehearse=dry_run)
    rows = [
        (report.word(kind), name)
        for kind, names in asdict(removed).items()
        if kind != "bytes"
        for name in names
    ]
    report.table("title_gc_dry" if dry_run else "title_gc", ("what", "name"), rows)
    freed = number(removed.bytes / 1_000_000, 1, config.language)
    report.say("gc_dry" if dry_run else "gc_done", count=len(rows), megabytes=freed)


def pin(
    release: Annotated[str, typer.Argument(help="A release, such as 2026-01-31-0123abcd.")],
    *,
    because: Annotated[str, typer.Option(help="The permalink or meeting it is kept for.")],
) -> None:
    """Keep a release: `etl gc` never removes it."""
    config = read_config()
    from warehouse.release.retention import pin as pin_release  # noqa: PLC0415

    pin_release(config, release, because)
    ConsoleReporter(config.language).say("pin_added", release=release)


def unpin(
    release: Annotated[str, typer.Argument(help="A release that `etl pin` keeps.")],
) -> None:
    """Let `etl gc` remove a pinned release again."""
    config = read_config()
    from warehouse.release.retention import unpin as unpin_release  # noqa: PLC0415

    unpin_release(config, release)
    ConsoleReporter(config.language).say("pin_removed", release=release)


def status() -> None:
    """Show what is published, and the age, owner and next figures of each dataset."""
    config = read_config()
    report = ConsoleReporter(config.language)
    if published(config) is None:
        stored = list_releases(config)
        newest = stored[0].release if stored else None
        report.say("pointer_lost" if stored else "none_published", release=newest)
        raise typer.Exit(1)
    from etl.cli.status import show  # noqa: PLC0415

    show(config, report)


def _newest(config: Config, report: ConsoleReporter) -> str:
    newest = next((draft.release for draft in drafts(config)), None)
    if newest is None:
        raise ReleaseError(report.word("no_draft"))
    return newest
