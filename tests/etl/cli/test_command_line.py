"""Output and exit codes of the commands, in the language of the deployment."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest
from typer.main import get_command
from typer.testing import CliRunner

from etl.__main__ import app
from etl.exit_codes import Exit
from tests.support.deployment import command, deploy
from tests.support.in_process import call
from tests.support.specimens import SPECIMENS
from warehouse.config import CONFIG_FILE, Config, read_config
from warehouse.messages import texts
from warehouse.release.publish import drafts, published

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from typer.testing import Result


@pytest.fixture(scope="module")
def deployed(deployment: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Config]:
    """A deployment in English whose published release is made of the shipped figures."""
    folder = tmp_path_factory.mktemp("commands") / "city"
    shutil.copytree(deployment.parent, folder)
    file = deploy(folder, language="en")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CONFIG_FILE, str(file))
        patch.setenv("COLUMNS", "200")
        yield read_config(file)


def run(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def test_refreshing_the_same_figures_again_changes_nothing(deployed: Config) -> None:
    before = published(deployed)
    done = run("refresh", "--publish")
    assert done.exit_code == 0
    assert "already published: nothing changed" in done.output
    assert published(deployed) == before


def test_a_first_run_prints_one_line_about_what_is_published(
    deployed: Config, tmp_path: Path
) -> None:
    config = deploy(tmp_path, language="en")
    shutil.copytree(deployed.cache, read_config(config).cache)
    done = call(config, "etl", "refresh", "--again", "--publish")
    assert done.returncode == Exit.DONE
    *bars, line = done.stdout.splitlines()
    folder = deployed.releases / str(published(deployed))
    indicators = pq.read_table(folder / "observation.parquet")["indicator"].unique()
    rejected = pq.read_table(folder / "quarantine.parquet")
    assert line == (
        f"{len(indicators)} indicators, 133 municipalities, 34 projects; "
        f"{len(rejected)} rejected rows: `etl review`"
    )
    assert {bar.partition(" ━")[0] for bar in bars} == {
        "Reading the files",
        "Computing the release",
    }
    review = call(config, "etl", "review")
    assert review.returncode == Exit.DONE
    assert "Rows rejected now" in review.stdout
    assert "It is published" in review.stdout


def test_files_that_fail_leave_the_published_release_unchanged(deployed: Config) -> None:
    before = published(deployed)
    done = run("refresh", "--publish", "--from", str(SPECIMENS / "irpef"))
    assert done.exit_code == Exit.FAULTS
    assert "ANPRdatiMigrazione_verbatim.csv" in done.output.replace("│", "")
    assert "figures that the published release has from this file stay" in " ".join(
        done.output.replace("│", "").split()
    )
    assert "Copy the provider's file there" in done.output
    assert f"{before} stays" in " ".join(done.output.split())
    assert published(deployed) == before
    (draft,) = drafts(deployed)
    review = run("review")
    assert review.exit_code == 0
    assert "Figures kept from the previous release" in review.output
    assert draft.release in run("releases").output


def test_status_lists_every_dataset(deployed: Config) -> None:
    done = run("status")
    assert done.exit_code == 0
    assert str(published(deployed)) in done.output
    assert "irpef" in done.output


def test_a_known_error_is_a_table_without_a_traceback(deployed: Config) -> None:
    done = call(deployed.data.parent / "config.yaml", "etl", "refresh", "--from", "/nowhere")
    assert done.returncode == 1
    assert "folder not found" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_messages_are_in_italian_in_an_italian_deployment(deployed: Config) -> None:
    file = deploy(deployed.data.parent / "it", language="it")
    done = call(file, "etl", "publish")
    assert done.returncode == 1
    assert "Nessuna bozza" in done.stdout


def test_help_is_in_the_language_of_the_deployment(deployed: Config) -> None:
    file = deploy(deployed.data.parent / "help", language="it")
    assert "Prepara una bozza" in command(file, "etl", "refresh", "--help").stdout
    english = deployed.data.parent / "config.yaml"
    assert "Build a draft" in command(english, "etl", "refresh", "--help").stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("pin 2026-01-31-0123abcd", "Missing option '--because'."),
        ("publsh", "No such command 'publsh'. Did you mean 'publish'"),
        ("refresh --onlin", "No such option: --onlin"),
        ("add indicatr", "No such command 'indicatr'. Did you mean 'indicator'"),
    ],
)
def test_a_wrong_command_line_names_what_is_wrong(
    deployed: Config, words: str, message: str
) -> None:
    file = deploy(deployed.data.parent / "slips", language="it")
    done = call(file, "etl", *words.split())
    assert done.returncode == Exit.USAGE
    assert message in " ".join((done.stdout + done.stderr).replace("│", " ").split())


def test_every_command_and_option_has_its_italian_help() -> None:
    group: Any = get_command(app)
    commands = {name: group.get_command(None, name) for name in group.list_commands(None)}
    for name, subgroup in list(commands.items()):
        inner = getattr(subgroup, "commands", {})
        commands |= {f"{name} {key}": subcommand for key, subcommand in inner.items()}
    keys = {"etl.help", *(f"{name}.help" for name in commands)}
    for name, subcommand in commands.items():
        keys |= {f"{name}.{option.name}" for option in subcommand.params}
    assert keys == set(texts("help"))
    assert all(entry["it"] for entry in texts("help").values())
