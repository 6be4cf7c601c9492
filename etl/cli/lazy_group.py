"""The commands of `etl`, each loaded when it is asked for, with help in the deployment's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from functools import cache
from importlib import import_module
from typing import Any, ClassVar

import typer
from typer.core import TyperGroup
from typer.main import get_command

from etl.cli.spoken import faults_in_words, usage_in_words
from warehouse.config import spoken_language
from warehouse.messages import LOCALE
from warehouse.yaml_loader import read_yaml

HELP = LOCALE / "help.yaml"
ABOUT = "etl"  # the key of what the whole command line says of itself


class Menu(TyperGroup):
    """A group whose commands are functions of modules of `etl.cli`, or groups named `app`."""

    commands_by_module: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    def __init__(self, **given: Any) -> None:  # noqa: ANN401  # typer's own
        """List the commands; none is loaded yet."""
        super().__init__(**given)
        modules = self.commands_by_module.items()
        self.commands = _Loaded({name: module for module, names in modules for name in names})
        self.help = _words().get(ABOUT, {}).get("help", self.help)
        usage_in_words(self)

    def make_context(self, *given: Any, **named: Any) -> Any:  # noqa: ANN401  # typer's own
        """Read the words of the command line; a fault is told in the deployment's language."""
        with faults_in_words():
            return super().make_context(*given, **named)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401  # typer's own
        """Run the command, in the same way."""
        with faults_in_words():
            return super().invoke(ctx)


class _Loaded(MutableMapping[str, Any]):
    """Commands by name; the module of one is imported when it is looked up."""

    def __init__(self, modules: dict[str, str]) -> None:
        self._modules = modules
        self._found: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401  # a command of typer's own click
        if name not in self._found:
            module = import_module(f"etl.cli.{self._modules[name]}")
            self._found[name] = _command(
                name, getattr(module, "app", None) or getattr(module, name)
            )
        return self._found[name]

    def __setitem__(self, name: str, command: object) -> None:
        self._found[name] = command

    def __delitem__(self, name: str) -> None:
        del self._modules[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)


def _command(name: str, found: typer.Typer | Callable[..., None]) -> Any:  # noqa: ANN401
    if isinstance(found, typer.Typer):
        group = found
    else:
        group = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        group.command(name)(found)
    command = get_command(group)
    command.name = name
    _told(command, _words().get(name, {}))
    for inner, one in getattr(command, "commands", {}).items():
        _told(one, _words().get(f"{name} {inner}", {}))
    return command


def _told(command: Any, words: Mapping[str, str]) -> None:  # noqa: ANN401
    """Put the deployment's words in the place of the docstring and of the options' help."""
    usage_in_words(command)
    command.help = words.get("help", command.help)
    for option in command.params:
        option.help = words.get(option.name, getattr(option, "help", None))


@cache
def _words() -> dict[str, dict[str, str]]:
    """Return the help in the deployment's language; the code itself has the English."""
    if spoken_language() == "en":
        return {}
    content: dict[str, dict[str, str]] = read_yaml(HELP.read_text(encoding="utf-8"))
    return content
