"""A release is published whole or not at all, and can be gone back from."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.support.releases import date_back
from tests.support.small_city import (
    CINISELLO,
    NORD,
    RESIDENTS,
    build,
    components,
    indicator,
    inputs,
    small_catalog,
)
from warehouse.build.build import build_draft, read_draft
from warehouse.errors import ReleaseError
from warehouse.query.releases import Releases
from warehouse.release import publish as release_module
from warehouse.release.publish import drafts, list_releases, previous, publish, published, rollback

if TYPE_CHECKING:
    from tests.support.small_city import Configure
    from warehouse.build.build import Draft
    from warehouse.config import Config

TOTAL = indicator("total", "sum")


def publish_paid(config: Config, paid: str) -> str:
    """Publish a release in which Cinisello paid so much."""
    draft = build(config, f"{RESIDENTS} money.paid 015077 2023 {paid}", TOTAL)
    return publish(config, draft.release).release


def paid_as_read(config: Config) -> float:
    """Return what a reader sees that Cinisello paid."""
    store = Releases(config).open()
    frame = store.frame("series", indicators=["total"], territories=[CINISELLO])
    return float(frame["value"].iloc[0])


def test_a_draft_is_seen_by_nobody_until_it_is_published(config: Configure) -> None:
    settings = config()
    first = publish_paid(settings, "1")
    draft = build(settings, f"{RESIDENTS} money.paid 015077 2023 2", TOTAL)
    assert draft.path.name == f"{draft.release}.draft"
    assert [m.release for m in drafts(settings)] == [draft.release]
    assert (published(settings), paid_as_read(settings)) == (first, 1)
    publish(settings, draft.release)
    assert (published(settings), paid_as_read(settings)) == (draft.release, 2)
    assert drafts(settings) == ()


def test_the_same_figures_are_the_same_release_and_its_files_are_left_alone(
    config: Configure,
) -> None:
    settings = config()
    first = publish_paid(settings, "1")
    path = settings.releases / first
    before = {p.name: p.stat().st_mtime_ns for p in path.iterdir()}
    again = build(settings, f"{RESIDENTS} money.paid 015077 2023 1", TOTAL)
    assert (again.release, again.path) == (first, path)
    assert publish(settings, again.release).release == first
    assert {p.name: p.stat().st_mtime_ns for p in path.iterdir()} == before


def test_the_order_of_the_rows_does_not_make_another_release(config: Configure) -> None:
    settings = config()
    lines = [*RESIDENTS.splitlines(), "money.paid 015077 2023 1", "money.paid 015209 2023 2"]
    first = build(settings, "\n".join(lines), TOTAL)
    second = build(settings, "\n".join(reversed(lines)), TOTAL)
    assert first.release == second.release


def test_a_draft_that_was_compared_with_another_release_is_compared_again(
    config: Configure,
) -> None:
    settings = config()
    publish_paid(settings, "1")
    figures = f"{RESIDENTS} money.paid 015077 2023 2"
    older = build(settings, figures, TOTAL)
    newer = publish_paid(settings, "3")
    with pytest.raises(ReleaseError, match="compared with a release other"):
        publish(settings, older.release)
    assert published(settings) == newer
    again = build(settings, figures, TOTAL)
    assert (again.release, again.manifest.previous) == (older.release, newer)
    assert publish(settings, again.release).release == older.release


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"../elsewhere\n"])
def test_a_pointer_that_names_no_release_is_as_none(config: Configure, content: bytes) -> None:
    settings = config()
    first = publish_paid(settings, "1")
    settings.pointer.write_bytes(content)
    assert published(settings) is None
    assert rollback(settings).release == first
    assert paid_as_read(settings) == 1


def test_what_cannot_be_compared_with_the_release_before_is_not_published_unseen(
    config: Configure,
) -> None:
    settings = config()
    first = publish_paid(settings, "1")
    (settings.releases / first / "observation.parquet").write_bytes(b"")
    draft = build(settings, f"{RESIDENTS} money.paid 015077 2023 2", TOTAL)
    assert [audit.audit for audit in draft.manifest.refused] == ["not_compared"]
    same = build(settings, f"{RESIDENTS} money.paid 015077 2023 1", TOTAL)
    assert same.manifest.refused == ()  # the damaged release itself, made again


def test_rolling_back_goes_to_the_release_before_or_to_a_named_one(config: Configure) -> None:
    settings = config()
    first, second = publish_paid(settings, "1"), publish_paid(settings, "2")
    assert {m.release for m in list_releases(settings)} == {first, second}
    rollback(settings, first)
    assert paid_as_read(settings) == 1
    publish(settings, second)
    assert paid_as_read(settings) == 2


def test_the_previous_release_is_the_one_made_before(config: Configure) -> None:
    settings = config()
    first, second = publish_paid(settings, "1"), publish_paid(settings, "2")
    date_back(settings.releases / first, datetime(2020, 1, 1, tzinfo=UTC))
    assert previous(settings) == first
    assert rollback(settings).release == first
    with pytest.raises(ReleaseError, match="no earlier release to go back to"):
        rollback(settings)
    assert published(settings) == first != second


def test_a_crash_before_the_pointer_moves_leaves_the_published_release(
    config: Configure, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = config()
    first = publish_paid(settings, "1")
    draft = build(settings, f"{RESIDENTS} money.paid 015077 2023 2", TOTAL)

    def power_cut(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr(release_module, "_point_to", power_cut)
        with pytest.raises(OSError):  # noqa: PT011  # the power cut above
            publish(settings, draft.release)
    assert (published(settings), paid_as_read(settings)) == (first, 1)
    publish(settings, draft.release)  # the next attempt goes on from there
    assert paid_as_read(settings) == 2


def test_a_damaged_table_is_not_published(config: Configure) -> None:
    settings = config()
    first = publish_paid(settings, "1")
    draft = build(settings, f"{RESIDENTS} money.paid 015077 2023 2", TOTAL)
    (draft.path / "observation.parquet").write_bytes(b"half a file")
    (draft.path / "territory.parquet").unlink()
    with pytest.raises(ReleaseError) as error:
        publish(settings, draft.release)
    assert len(error.value.faults) == 2
    assert published(settings) == first


@pytest.mark.parametrize("name", ["../../etc", "2026-01-31-0123abcd.draft", "", "2026-01-31"])
def test_only_the_id_of_a_release_is_looked_for(config: Configure, name: str) -> None:
    with pytest.raises(ReleaseError, match="is not a release id"):
        publish(config(), name)


def test_what_is_not_there_cannot_be_published(config: Configure) -> None:
    with pytest.raises(ReleaseError, match="the release does not exist"):
        publish(config(), "2026-01-31-0123abcd")


def test_changes_tell_new_periods_revisions_and_what_was_dropped(config: Configure) -> None:
    settings = config()
    text = f"{RESIDENTS} money.paid 015077 2023 1\n money.paid 015209 2023 2"
    first = build(settings, text, TOTAL)
    assert len(first.changes) == 0  # nothing to compare with
    publish(settings, first.release)
    text = """
        money.paid 015077 2023 5
        money.paid 015209 2023 2 P
        money.paid 015077 2024 1
    """
    draft = build(settings, RESIDENTS + text, TOTAL)
    changes = _changes(draft)
    assert changes[CINISELLO, "2023"] == ("revised", 1, 5)
    assert changes["015209", "2023"] == ("status", 2, 2)
    assert changes[CINISELLO, "2024"][0] == "new_period"
    assert changes[NORD, "2023"] == ("revised", 3, 7)  # 1 + 2, 5 + 2
    publish(settings, draft.release)
    gone = build(settings, f"{RESIDENTS} money.paid 015077 2023 5", TOTAL)
    assert _changes(gone)["015209", "2023"][0] == "dropped"
    assert read_draft(settings, gone.release).changes.equals(gone.changes)


def test_a_failed_audit_is_published_with_a_reason_that_the_release_keeps(
    config: Configure,
) -> None:
    settings = config()
    draft = build(settings, f"{RESIDENTS} money.paid 999999 2023 1", TOTAL)
    with pytest.raises(ReleaseError, match="--accept known_territory --because"):
        publish(settings, draft.release)
    publish(settings, draft.release, {"known_territory": "Comune istituito ieri"})
    assert published(settings) == draft.release
    (acceptance,) = list_releases(settings)[0].accepted
    assert (acceptance.audit, acceptance.failures) == ("known_territory", 1)
    assert acceptance.because == "Comune istituito ieri"
    assert acceptance.at.tzinfo is not None
    publish(settings, draft.release)  # it is out: nothing to accept again


@pytest.mark.parametrize(
    ("accepted", "fault"),
    [
        ({"range": "x"}, "range does not prevent"),
        ({"known_territory": "x", "plausible": "x"}, "plausible does not prevent"),
        ({"known_territory": "  "}, "say why"),
        ({}, "known_territory: 1 bad rows"),
    ],
)
def test_an_acceptance_is_of_an_audit_that_failed_and_says_why(
    config: Configure, accepted: dict[str, str], fault: str
) -> None:
    settings = config()
    draft = build(settings, f"{RESIDENTS} money.paid 999999 2023 1", TOTAL)
    with pytest.raises(ReleaseError, match=fault):
        publish(settings, draft.release, accepted)
    assert published(settings) is None
    assert read_draft(settings, draft.release).manifest.accepted == ()


def test_an_acceptance_is_of_one_release_only(config: Configure) -> None:
    settings = config()
    draft = build(settings, f"{RESIDENTS} money.paid 999999 2023 1", TOTAL)
    publish(settings, draft.release, {"known_territory": "x"})
    later = build(settings, f"{RESIDENTS} money.paid 999999 2023 2", TOTAL)
    with pytest.raises(ReleaseError, match="known_territory"):
        publish(settings, later.release)


def test_a_damaged_manifest_hides_no_other_release(
    config: Configure, caplog: pytest.LogCaptureFixture
) -> None:
    settings = config()
    first, second = publish_paid(settings, "1"), publish_paid(settings, "2")
    (settings.releases / first / "manifest.json").write_text("{", encoding="utf-8")
    assert [m.release for m in list_releases(settings)] == [second]
    assert first in caplog.text


def test_progress_is_reported_step_by_step(config: Configure) -> None:
    steps: list[tuple[str, int, int]] = []
    build_draft(
        config(),
        small_catalog(TOTAL),
        components(RESIDENTS),
        lambda step, done, total, **_: steps.append((step, done, total)),
    )
    assert list(dict.fromkeys(step for step, _, _ in steps)) == ["load", "marts", "audits", "write"]
    assert all(done <= total for _, done, total in steps)


def test_the_manifest_says_what_every_table_is(config: Configure) -> None:
    draft = build(config(), RESIDENTS, TOTAL, **inputs(actor=[{"actor": "a", "name": "A"}]))
    entry = draft.manifest.tables["actor"]
    assert (entry.rows, list(entry.columns)) == (1, ["actor", "name", "tax_code"])
    assert len(entry.sha256) == 64
    assert draft.manifest.created.tzinfo is not None


def _changes(draft: Draft) -> dict[tuple[str, str], tuple[str, float, float]]:
    rows = draft.changes[["territory", "period", "kind", "before", "after"]]
    return {(t, p): (k, b, a) for t, p, k, b, a in rows.itertuples(index=False)}


def test_another_user_may_read_what_is_published(config: Configure) -> None:
    before = os.umask(0o022)
    try:
        draft = build(config(), f"{RESIDENTS} money.paid 015077 2023 2", TOTAL)
    finally:
        os.umask(before)
    assert draft.path.stat().st_mode & 0o777 == 0o755
