"""Commands in the documentation exist, its examples run, its generated pages are current."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import typer.main

from etl.__main__ import app
from etl.cli.console import ConsoleReporter
from etl.docs.indicators import page
from etl.docs.ranges import ranges, skipped
from etl.exit_codes import Exit
from tests.support.deployment import PROJECT
from warehouse.config import read_config
from warehouse.declarations.loader import read_catalog

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.query.store import Store

DOCS = PROJECT / "docs"
PAGES = ("operations.md", "operations.en.md")
CODE = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)
COMMAND = re.compile(r"(?:^|`|/bin/)etl ([a-z][^`\n#|>]*)", re.MULTILINE)


def commands(name: str) -> list[str]:
    return [match.strip() for match in COMMAND.findall((DOCS / name).read_text(encoding="utf-8"))]


@pytest.mark.parametrize("name", PAGES)
def test_every_command_and_option_that_is_named_exists(name: str) -> None:
    lines = commands(name)
    assert len(lines) > 20
    for line in lines:
        words = shlex.split(line.split(" 2>")[0])
        command = typer.main.get_command(app)
        while words and hasattr(command, "get_command"):
            command = command.get_command(typer.Context(command), words.pop(0))
            assert command, line
        options = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= options, line


@pytest.mark.parametrize("name", PAGES)
def test_the_examples_in_python_run_on_a_release(name: str, deployment: Path) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    examples = [code for kind, code in CODE.findall(text) if kind == "python"]
    assert len(examples) == 3
    script = "\n".join(examples)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        cwd=deployment.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "2020" in done.stdout


@pytest.mark.parametrize("name", PAGES)
def test_the_exit_codes_of_the_page_are_those_of_the_program(name: str) -> None:
    rows = re.findall(r"^\| (\d+) \|", (DOCS / name).read_text(encoding="utf-8"), re.MULTILINE)
    assert [int(row) for row in rows] == [code.value for code in Exit]


def test_both_languages_name_the_same_commands() -> None:
    italian, english = ([c.split()[0] for c in commands(name)] for name in PAGES)
    assert sorted(set(italian)) == sorted(set(english))


@pytest.mark.parametrize(
    ("language", "name"), [("it", "indicators.md"), ("en", "indicators.en.md")]
)
def test_the_page_of_the_indicators_is_that_of_the_shipped_figures(
    release: Store, deployment: Path, language: str, name: str
) -> None:
    expected = page(
        read_catalog(read_config(deployment).catalog), release, ConsoleReporter(language)
    )
    committed = (DOCS / name).read_text(encoding="utf-8")
    assert committed == expected, f"docs/{name} is not fresh: `make build`, then `etl docs`"


def test_periods_are_written_short_and_gaps_found() -> None:
    assert ranges(["2010", "2013", "2022", "2023", "2024"]) == "2010, 2013, 2022–2024"
    assert skipped(["2010", "2013"]) == ["2011", "2012"]
    assert ranges(["2023-11", "2023-12", "2024-01"]) == "2023-11–2024-01"
    assert skipped(["2023-11", "2024-02"]) == ["2023-12", "2024-01"]
    assert ranges(["2022-S2", "2023-S1", "2024-S1"]) == "2022-S2–2023-S1, 2024-S1"
    assert skipped(["2022-Q3", "2023-Q1"]) == ["2022-Q4"]
    assert skipped(["2023-06-30", "2024-06-30"]) == []
    assert ranges(["2023-06-30", "2024-06-30"]) == "2023-06-30, 2024-06-30"
