"""A review shows what a draft changes, what forbids publishing it, and what was rejected."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from etl.__main__ import app
from etl.cli.console import ConsoleReporter
from etl.review.audits import failures
from etl.review.diff import Findings, read_findings
from etl.review.formatting import ReviewFormatter
from etl.review.html import page
from etl.review.sections import Section, headline, sections
from tests.support.deployment import deploy
from tests.support.small_city import (
    ADDA,
    CINISELLO,
    COLOGNO,
    METRO,
    RESIDENTS,
    build,
    indicator,
    inputs,
    small_catalog,
    words,
)
from warehouse.config import CONFIG_FILE, read_config
from warehouse.formatting import NBSP
from warehouse.release.publish import publish as make_public
from warehouse.release.publish import published

if TYPE_CHECKING:
    from typer.testing import Result

    from tests.support.small_city import Configure
    from warehouse.config import Config

BEFORE = """
    money.paid 015077 2023 600
    money.paid 015209 2023 400
    money.paid 015081 2023 1000
    money.paid 015070 2023 600
    money.paid 015251 2023 200
"""
# Cinisello is revised a little, Cologno much; Cernusco is lost; 2024 is new in one place.
AFTER = """
    money.paid 015077 2023 610
    money.paid 015209 2023 400
    money.paid 015081 2023 1500
    money.paid 015251 2023 200 E
    money.paid 015251 2024 260
"""
PER_HEAD = indicator("per_head", "ratio", range=[0, 25], title=words("Pagato <a testa>"))
REFUSED = {
    "dataset": "money",
    "file": "money.xlsx",
    "sheet": "Foglio 1",
    "line": 7,
    "column": "paid",
    "value": "<b>n.d.</b>",
    "rule": "number",
    **{f"message_{language}": "Non è un numero." for language in ("it", "en")},
    **{f"suggestion_{language}": "Correggere la cella." for language in ("it", "en")},
}


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    """The draft of AFTER against the release of BEFORE; Cologno is out of range (1500 / 50)."""
    deployment = read_config(deploy(tmp_path_factory.mktemp("found"), language="it"))
    make_public(deployment, build(deployment, RESIDENTS + BEFORE, PER_HEAD).release)
    quarantine = inputs(quarantine=[REFUSED])
    draft = build(deployment, RESIDENTS + AFTER, PER_HEAD, **quarantine)
    return read_findings(deployment, draft, small_catalog(PER_HEAD))


def section(findings: Findings, name: str, language: str = "it") -> Section:
    every = sections(findings, ReviewFormatter(findings.catalog, language))
    return next(part for part in every if part.name == name)


def test_the_largest_revision_comes_first_relative_to_its_series(findings: Findings) -> None:
    rows = section(findings, "review_revised").rows
    # Cologno goes from 1000 / 50 to 1500 / 50; so does its zone, of which only Cologno is left
    assert {row[1] for row in rows[:2]} == {COLOGNO, ADDA}
    assert rows[0][2:6] == ("2023", "20,0", "30,0", "+10,0")
    assert rows[0][6] == f"33,3{NBSP}%"  # 10 of a series whose mean is 30
    sizes = [float(str(row[6]).rstrip(f"%{NBSP}").replace(",", ".")) for row in rows]
    assert sizes == sorted(sizes, reverse=True)


def test_lost_new_and_changed_values_are_listed(findings: Findings) -> None:
    dropped = section(findings, "review_dropped")
    assert [row[3] for row in dropped.rows] == [1]  # Cernusco
    lost = section(findings, "review_lost").rows
    # Adda Martesana: 50 of 80 residents; the metropolitan city: 170 of 200
    assert {row[1]: row[3:] for row in lost} == {
        ADDA: (f"100,0{NBSP}%", f"62,5{NBSP}%"),
        METRO: (f"100,0{NBSP}%", f"85,0{NBSP}%"),
    }
    assert [row[:2] for row in section(findings, "review_status").rows] == [
        ("Pagato <a testa>", "2023")
    ]


def test_a_rejected_row_says_where_it_is_and_what_to_do(findings: Findings) -> None:
    (row,) = section(findings, "review_rejected").rows
    assert row[1:3] == ("money.xlsx · Foglio 1 · riga 7 · paid", "<b>n.d.</b>")
    assert row[3:] == ("Non è un numero. Correggere la cella.", 1)
    assert section(findings, "review_rejected_before").rows == ()


def test_rows_rejected_before_are_listed_apart_wherever_they_moved(config: Configure) -> None:
    deployment = config(language="it")
    failed_file = REFUSED | {"column": "costs", "value": "", "rule": "columns_missing"}
    failed = [REFUSED, failed_file]
    draft = build(deployment, RESIDENTS + BEFORE, PER_HEAD, **inputs(quarantine=failed))
    make_public(deployment, draft.release)
    moved = [row | {"line": 9} for row in failed]
    new = REFUSED | {"line": 8, "value": "tanto"}
    draft = build(deployment, RESIDENTS + AFTER, PER_HEAD, **inputs(quarantine=[*moved, new]))
    repeated = read_findings(deployment, draft, small_catalog(PER_HEAD))
    assert [(row[2], row[4]) for row in section(repeated, "review_rejected").rows] == [
        ("tanto", 1),
        ("–", 1),  # a file that fails again is repeated again
    ]
    assert [row[1:] for row in section(repeated, "review_rejected_before").rows] == [
        ("money.xlsx", "Non è un numero.", 1)
    ]


def test_rows_of_files_that_were_read_come_before_the_files_that_are_missing(
    config: Configure,
) -> None:
    deployment = config(language="it")
    absent = [
        REFUSED | {"file": f"a{n}.csv", "line": 0, "value": f"a{n}.csv", "rule": "file_missing"}
        for n in range(3)
    ]
    draft = build(deployment, RESIDENTS, PER_HEAD, **inputs(quarantine=[*absent, REFUSED]))
    review = read_findings(deployment, draft, small_catalog(PER_HEAD))
    values = [row[2] for row in section(review, "review_rejected").rows]
    assert values == ["<b>n.d.</b>", "a0.csv", "a1.csv", "a2.csv"]


def test_figures_kept_from_the_previous_release_are_listed(config: Configure) -> None:
    deployment = config(language="it")
    failed = REFUSED | {"file": "money*.csv", "sheet": "", "line": 0, "rule": "cut"}
    header = failed | {"line": 1, "rule": "columns_missing"}  # two faults of one file
    refused = inputs(quarantine=[failed, header, REFUSED])
    draft = build(deployment, RESIDENTS + BEFORE, PER_HEAD, **refused)
    rows_section = section(
        read_findings(deployment, draft, small_catalog(PER_HEAD)), "review_carried"
    )
    assert [(row[1], row[3]) for row in rows_section.rows] == [("money.csv", 5)]


def test_a_value_unlike_its_history_is_listed(config: Configure) -> None:
    deployment = config(language="en")
    values = "\n".join(f"money.paid {CINISELLO} {2015 + n} {600 + n}" for n in range(8))
    people = "\n".join(f"population.residents {CINISELLO} {2015 + n} 60" for n in range(8))
    make_public(deployment, build(deployment, f"{people}\n{values}", PER_HEAD).release)
    jump = f"population.residents {CINISELLO} 2023 60\nmoney.paid {CINISELLO} 2023 1200"
    draft = build(deployment, f"{people}\n{values}\n{jump}", PER_HEAD)
    rows_section = section(
        read_findings(deployment, draft, small_catalog(PER_HEAD)), "review_anomalies"
    )
    assert (CINISELLO, "2023", "20,0") in [
        row[1:4] for row in rows_section.rows
    ]  # 1200 / 60, after 10.1
    assert rows_section.rows[0][6] == "review_jump"


def test_the_headline_counts_what_changes(findings: Findings) -> None:
    sentence = headline(findings, ReviewFormatter(findings.catalog, "it"), ConsoleReporter("it"))
    assert re.fullmatch(r"(.*; )?\d+ valori rivisti(; .*)?", sentence)


def test_an_audit_is_described_with_its_rows_and_its_sql(findings: Findings) -> None:
    first = next(a for a in failures(findings.manifest, "it") if a.result.audit == "range")
    assert first.forbids
    assert first.description == "un valore fuori dall’intervallo dichiarato"
    assert {row["value"] for row in first.sample} == {30.0}
    assert "indicator" in first.columns


class Page(HTMLParser):
    """What a page is made of: its tags, and addresses that something would be loaded from."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.loaded: list[str] = []
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.tags.append(tag)
        if tag != "meta":
            self.open.append(tag)
        self.loaded += [str(attributes[a]) for a in ("src", "srcset", "data") if a in attributes]
        self.ids += [str(attributes["id"])] if "id" in attributes else []

    def handle_startendtag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_page_is_one_file_that_loads_nothing_and_escapes_all(
    findings: Findings, language: str
) -> None:
    formatter = ReviewFormatter(findings.catalog, language)
    text = page(findings, sections(findings, formatter), formatter, ConsoleReporter(language))
    document = Page(text)
    assert document.open == []
    assert document.loaded == []
    assert "script" not in document.tags
    assert "url(" not in text
    assert "@import" not in text
    assert document.tags.count("table") == document.tags.count("caption")
    assert len(set(document.ids)) == len(document.ids)
    assert "<b>n.d." not in text
    assert "&lt;a testa&gt;" in text
    assert f'lang="{language}"' in text
    assert "--accept range" in text
    assert "prefers-color-scheme:dark" in text
    assert "@media print" in text


def test_a_review_of_a_stale_draft_says_to_refresh(config: Configure) -> None:
    deployment = config(language="en")
    make_public(deployment, build(deployment, RESIDENTS + BEFORE, PER_HEAD).release)
    older = build(deployment, RESIDENTS + BEFORE.replace("600", "601"), PER_HEAD)
    newer = build(deployment, RESIDENTS + BEFORE.replace("600", "602"), PER_HEAD)
    make_public(deployment, newer.release)
    stale = read_findings(deployment, older, small_catalog(PER_HEAD))
    assert stale.verdict == "review_stale"
    formatter = ReviewFormatter(stale.catalog, "en")
    text = page(stale, sections(stale, formatter), formatter, ConsoleReporter("en"))
    assert "Another release has been published since" in text
    assert "It can be published" not in text


def test_a_first_release_says_so(config: Configure) -> None:
    deployment = config()
    draft = build(deployment, RESIDENTS + BEFORE, PER_HEAD)
    first = read_findings(deployment, draft, small_catalog(PER_HEAD))
    assert first.before is None
    assert first.lost_coverage.empty
    formatter = ReviewFormatter(first.catalog, "en")
    assert headline(first, formatter, ConsoleReporter("en")).startswith("First release: ")
    assert "It can be published" in page(
        first, sections(first, formatter), formatter, ConsoleReporter("en")
    )


def run(deployment: Config, monkeypatch: pytest.MonkeyPatch, *words: str) -> Result:
    monkeypatch.setenv(CONFIG_FILE, str(deployment.data.parent / "config.yaml"))
    monkeypatch.setenv("COLUMNS", "200")
    return CliRunner().invoke(app, words)


def test_a_failed_audit_is_published_only_with_a_stored_reason(
    config: Configure, monkeypatch: pytest.MonkeyPatch
) -> None:
    deployment = config(language="en")
    make_public(deployment, build(deployment, RESIDENTS + BEFORE, PER_HEAD).release)
    before = published(deployment)
    manifest = build(deployment, RESIDENTS + AFTER, PER_HEAD).manifest
    draft, failed = manifest.release, [audit.audit for audit in manifest.failed]
    assert "range" in failed
    assert run(deployment, monkeypatch, "publish", draft).exit_code == 1
    assert run(deployment, monkeypatch, "publish", draft, "--accept", "range").exit_code == 1
    assert published(deployment) == before
    accepted = [w for a in failed for w in ("--accept", a, "--because", "Known, see minutes")]
    assert run(deployment, monkeypatch, "publish", draft, *accepted).exit_code == 0
    assert published(deployment) == draft
    assert "range: Known, see minutes" in run(deployment, monkeypatch, "releases").output
    pinned = run(deployment, monkeypatch, "pin", str(before), "--because", "Assembly of May")
    assert pinned.exit_code == 0
    assert "Assembly of May" in run(deployment, monkeypatch, "releases").output
    assert "nothing was changed" in run(deployment, monkeypatch, "gc", "--dry-run").output
    assert run(deployment, monkeypatch, "unpin", str(before)).exit_code == 0
    assert run(deployment, monkeypatch, "rollback", str(before)).exit_code == 0
    assert published(deployment) == before
