"""What typer itself says on the command line, in the deployment's language."""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from warehouse.config import spoken_language
from warehouse.yaml_loader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = Path(__file__).parent.parent / "usage.yaml"


@contextmanager
def faults_in_words() -> Iterator[None]:
    """Say faults of usage in the deployment's language."""
    try:
        yield
    except typer.TyperException as error:
        _titles()
        said = in_words(error.format_message())
        error.format_message = lambda: said  # type: ignore[method-assign]  # of this one alone
        raise


def in_words(message: str) -> str:
    """Return a message of typer's in the deployment's language; any other as it is."""
    for pattern, words in _words().get("said", {}).items():
        if found := re.fullmatch(pattern, message, re.DOTALL | re.IGNORECASE):
            return str(words).format(*map(in_words, found.groups()))
    return message


def usage_in_words(command: Any) -> None:  # noqa: ANN401  # a command of typer's own click
    """Have a command say its usage, its own option and the titles in the deployment's language."""
    usage, option = command.get_usage, command.get_help_option

    def said_usage(context: object) -> str:
        _titles()
        line = str(usage(context))
        for english, words in _words()["line"].items():
            line = line.replace(english, words)
        return line

    def said_option(context: object) -> object:
        found = option(context)
        found.help = _words()["option"]
        return found

    if _words():
        command.get_usage, command.get_help_option = said_usage, said_option


def _titles() -> None:
    """Put the titles into typer's module that draws help and faults: it takes a while to load."""
    from typer import rich_utils  # noqa: PLC0415

    for name, words in _words().get("shown", {}).items():
        setattr(rich_utils, name, words)


@cache
def _words() -> dict[str, Any]:
    """Return the Italian words, none in a deployment in English."""
    if spoken_language() == "en":
        return {}
    content: dict[str, Any] = read_yaml(WORDS.read_text(encoding="utf-8"))
    return content
