"""Command group that imports a command's module when it is needed."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

import typer
from typer.core import TyperGroup
from typer.main import get_command

from warehouse.config import configured_language
from warehouse.messages import texts

if TYPE_CHECKING:
    from collections.abc import Mapping


class LazyGroup(TyperGroup):
    """Group whose commands are functions, or groups named `app`, of modules of `etl.cli`."""

    modules: ClassVar[Mapping[str, str]] = {}  # command → module

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  # typer's own
        """List the names, for typer's suggestions; no module is imported yet."""
        super().__init__(**options)
        translate(self, "etl")
        names: Any = dict.fromkeys(self.modules)
        self.commands = names

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401  # typer's own
        """Import a command, with its help in the deployment's language."""
        del ctx
        if cmd_name not in self.modules:
            return None
        module = import_module(f"etl.cli.{self.modules[cmd_name]}")
        app = getattr(module, "app", None)
        if app is None:
            app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
            app.command(cmd_name)(getattr(module, cmd_name))
        command = get_command(app)
        command.name = cmd_name
        translate(command, cmd_name)
        return command


def translate(command: Any, name: str) -> None:  # noqa: ANN401  # a command of typer's own click
    """Put the deployment's language into the help of a command, its options and subcommands."""
    entries, language = texts("help"), configured_language()
    command.help = entries.get(f"{name}.help", {}).get(language, command.help)
    for option in command.params:
        option.help = entries.get(f"{name}.{option.name}", {}).get(language, option.help)
    for inner, subcommand in getattr(command, "commands", {}).items():
        translate(subcommand, f"{name} {inner}")
