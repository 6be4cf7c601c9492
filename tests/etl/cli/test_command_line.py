"""The commands say what they did, in the deployment's language, and fail with a table."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
import yaml
from typer.main import get_command
from typer.testing import CliRunner

from etl.__main__ import app
from etl.exit_codes import Exit
from tests.support.deployment import command, deploy
from tests.support.specimens import SPECIMENS
from warehouse.config import CONFIG_FILE, Config, read_config
from warehouse.messages import LOCALE
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
    assert "published already: nothing changed" in done.output
    assert published(deployed) == before


def test_files_that_fail_leave_the_published_release_as_it_was(deployed: Config) -> None:
    before = published(deployed)
    done = run("refresh", "--publish", "--from", str(SPECIMENS / "irpef"))
    assert done.exit_code == Exit.FAULTS
    assert "ANPRdatiMigrazione_verbatim.csv" in done.output.replace("│", "")
    assert "figures that the published release has of this file stay" in " ".join(
        done.output.replace("│", "").split()
    )
    assert "Copy the provider's file there" in done.output
    assert f"{before} stays" in " ".join(done.output.split())
    assert published(deployed) == before
    (draft,) = drafts(deployed)
    review = run("review")
    assert review.exit_code == 0
    assert "Figures that stay from the release before" in review.output
    assert draft.release in run("releases").output


def test_status_tells_what_every_dataset_has(deployed: Config) -> None:
    done = run("status")
    assert done.exit_code == 0
    assert str(published(deployed)) in done.output
    assert "irpef" in done.output


def test_a_known_fault_is_a_table_and_no_traceback(deployed: Config) -> None:
    done = command(deployed.data.parent / "config.yaml", "etl", "refresh", "--from", "/nowhere")
    assert done.returncode == 1
    assert "there is no such folder" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_italian_is_spoken_where_the_deployment_says_so(deployed: Config) -> None:
    file = deploy(deployed.data.parent / "it", language="it")
    done = command(file, "etl", "publish")
    assert done.returncode == 1
    assert "Nessuna bozza" in done.stdout


def test_help_is_in_the_language_of_the_deployment(deployed: Config) -> None:
    file = deploy(deployed.data.parent / "help", language="it")
    assert "Prepara una bozza" in command(file, "etl", "refresh", "--help").stdout
    english = deployed.data.parent / "config.yaml"
    assert "Build a draft" in command(english, "etl", "refresh", "--help").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("pin 2026-01-31-0123abcd", "Manca l'opzione '--because'."),
        ("pin --because x", "Manca l'argomento 'release'."),
        ("publsh", "Il comando 'publsh' non c'è: forse 'publish'."),
        ("refresh --onlin", "L'opzione --onlin non c'è: forse --online."),
        ("refresh --dataset", "L'opzione '--dataset' vuole un valore."),
        ("load .", "'.' è una cartella."),
        (
            "refresh --log xml",
            "Il valore di '--log' non va: 'xml' non è una di queste parole: 'bar', 'json'.",
        ),
        ("load nowhere.xlsx", "il file 'nowhere.xlsx' non c'è."),
        ("releases now", "Parole in più: now."),
        ("add indicator", "Manca l'argomento 'name'."),
    ],
)
def test_a_slip_on_the_command_line_is_told_in_italian(
    deployed: Config, words: str, said: str
) -> None:
    file = deploy(deployed.data.parent / "slips", language="it")
    done = command(file, "etl", *words.split())
    shown = " ".join((done.stdout + done.stderr).replace("│", " ").split())
    assert done.returncode == Exit.USAGE
    assert said in shown
    assert not re.search(
        r"Usage|Error\b|Options|OPTIONS|Missing|Invalid|No such|Try|does not", shown
    )


def test_help_has_no_english_titles_in_italian(deployed: Config) -> None:
    file = deploy(deployed.data.parent / "help", language="it")
    for words in ((), ("refresh",), ("add",), ("add", "dataset"), ("pin",)):
        shown = command(file, "etl", *words, "--help").stdout
        assert "Mostra questo aiuto ed esce." in shown
        assert not re.search("Usage|Options|OPTIONS|Commands|Arguments|Show this|required", shown)
    english = deployed.data.parent / "config.yaml"
    assert "Options" in command(english, "etl", "refresh", "--help").stdout


def test_every_command_and_option_has_its_italian_help() -> None:
    italian = yaml.safe_load((LOCALE / "help.yaml").read_text("utf-8"))
    for name, said in get_command(app).commands.items():  # type: ignore[attr-defined]  # a group
        inner = getattr(said, "commands", {})
        for key, one in {name: said, **{f"{name} {n}": c for n, c in inner.items()}}.items():
            assert "help" in italian.get(key, {}), key
            options = {option.name for option in one.params} - {"help"}
            assert options <= set(italian[key]), (key, options - set(italian[key]))
