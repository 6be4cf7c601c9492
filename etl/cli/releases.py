"""`etl review`, `publish`, `rollback`, `releases`, `gc`, `pin`, `unpin`, `status`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl.cli.console import Report
from warehouse.config import read_config
from warehouse.errors import ReleaseError
from warehouse.release.publish import drafts, list_releases, published
from warehouse.release.publish import publish as publish_release
from warehouse.release.publish import rollback as roll_back

if TYPE_CHECKING:
    from warehouse.config import Config

Html = Annotated[Path | None, typer.Option("--html", help="Write one HTML file, and no tables.")]
Chosen = Annotated[str | None, typer.Argument(help="A release, such as 2026-01-31-0123abcd.")]


def review(release: Chosen = None, *, html: Html = None) -> None:
    """Show what a draft would change: values, audits, refused rows."""
    config = read_config()
    report = Report(config.language)
    from etl.review.shown import review as show  # noqa: PLC0415  # loads what computes

    show(config, release or _newest(config, report), report, html)


def publish(
    release: Chosen = None,
    *,
    accept: Annotated[
        list[str] | None, typer.Option(help="A failed audit to publish with all the same.")
    ] = None,
    because: Annotated[
        list[str] | None, typer.Option(help="Why; one for each --accept, kept in the release.")
    ] = None,
) -> None:
    """Make a draft (by default the newest) the published release."""
    config = read_config()
    report = Report(config.language)
    audits, reasons = accept or [], because or []
    if len(audits) != len(reasons):
        raise ReleaseError(report.word("accept_because"))
    accepted = dict(zip(audits, reasons, strict=True))
    manifest = publish_release(config, release or _newest(config, report), accepted)
    rows = manifest.tables["observation"].rows
    report.say("now_published", release=manifest.release, observations=rows)


def rollback(release: Chosen = None) -> None:
    """Point back to a release, by default the one before the published one."""
    config = read_config()
    manifest = roll_back(config, release)
    rows = manifest.tables["observation"].rows
    Report(config.language).say("now_published", release=manifest.release, observations=rows)


def releases() -> None:
    """List releases and drafts: their state, whether they are pinned, what was accepted."""
    config = read_config()
    report = Report(config.language)
    from warehouse.release.retention import pin_reasons, pins  # noqa: PLC0415  # as above

    current, pinned, reasons = published(config), pins(config), pin_reasons(config)
    kept = {name: [report.word("pinned_for", why=reasons.get(name, ""))] for name in pinned}
    states = [(m, "draft") for m in drafts(config)]
    states += [(m, "published" if m.release == current else "kept") for m in list_releases(config)]
    rows = [
        (
            m.release,
            f"{m.created:%H:%M}",
            m.tables["observation"].rows,
            report.word(state),
            "\n".join([*kept.get(m.release, ()), *(f"{a.audit}: {a.because}" for a in m.accepted)]),
        )
        for m, state in states
    ]
    columns = ("release", "hour", "observations", "state", "note")
    report.table("title_releases", columns, rows)


def gc(
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
    snapshots: Annotated[
        bool, typer.Option("--snapshots", help="Raw files that no release names, too.")
    ] = False,
) -> None:
    """Remove old releases and drafts by the rule of config.yaml, never a pinned one."""
    config = read_config()
    report = Report(config.language)
    from warehouse.release.retention import gc as collect  # noqa: PLC0415

    gone = collect(config, snapshots=snapshots, rehearse=dry_run)
    rows = [
        (report.word(kind), name)
        for kind, names in asdict(gone).items()
        if kind != "bytes"
        for name in names
    ]
    report.table("title_gc_dry" if dry_run else "title_gc", ("what", "name"), rows)
    freed = gone.bytes / 1_000_000
    report.say("gc_dry" if dry_run else "gc_done", count=len(rows), megabytes=f"{freed:.1f}")


def pin(
    release: Annotated[str, typer.Argument(help="A release, such as 2026-01-31-0123abcd.")],
    *,
    because: Annotated[str, typer.Option(help="For which permalink or meeting it stays.")],
) -> None:
    """Keep a release for good: `etl gc` never removes it."""
    config = read_config()
    from warehouse.release.retention import pin as pin_release  # noqa: PLC0415

    pin_release(config, release, because)
    Report(config.language).say("pin_kept", release=release)


def unpin(
    release: Annotated[str, typer.Argument(help="A release that `etl pin` keeps.")],
) -> None:
    """Let a pinned release go when its time has come."""
    config = read_config()
    from warehouse.release.retention import unpin as unpin_release  # noqa: PLC0415

    unpin_release(config, release)
    Report(config.language).say("pin_gone", release=release)


def status() -> None:
    """Show what is published; how old each dataset is, whose it is, when new figures are due."""
    config = read_config()
    report = Report(config.language)
    if published(config) is None:
        kept = list_releases(config)
        report.say("pointer_lost" if kept else "none_published", release=kept and kept[0].release)
        raise typer.Exit(1)
    from etl.cli import status as state  # noqa: PLC0415  # loads what computes

    state.show(config, report)


def _newest(config: Config, report: Report) -> str:
    waiting = drafts(config)
    if not waiting:
        raise ReleaseError(report.word("no_draft"))
    return waiting[0].release
