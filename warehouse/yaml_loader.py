"""Strict YAML loader for declarations and texts: bounded, and a repeated key is an error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Sequence

# libyaml's loader, if installed, is eighteen times as fast; a catalogue has hundreds of files.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MOST_CHARACTERS, MOST_LEVELS, MOST_VALUES = 1_000_000, 50, 100_000  # of one file


class RepeatedKeyError(yaml.YAMLError):
    """A mapping has the same key twice."""

    def __init__(self, key: str, line: int) -> None:
        """Keep the key, and the line of its second occurrence."""
        super().__init__(f"line {line}: {key} is repeated")
        self.key, self.line = key, line


class _Loader(LOADER):  # type: ignore[misc,valid-type]  # one of two classes
    """Rejects a repeated key; YAML itself would use the last one."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002  # PyYAML's signature
        keys = [key for key, _ in node.value]
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        if len(mapping) < len(keys):
            earlier: set[str] = set()
            for key in keys:
                if key.value in earlier:
                    raise RepeatedKeyError(key.value, key.start_mark.line + 1)
                earlier.add(key.value)
        return mapping


def read_yaml(text: str) -> Any:  # noqa: ANN401  # models check it
    """Return the content of a YAML text; raises `yaml.YAMLError`, also for a repeated key.

    A text too large, too deep, or that becomes too large where its anchors are repeated, is
    rejected before it is composed: the composer calls itself for each level.
    """
    try:
        _check_bounds(text)
        return yaml.load(text, Loader=_Loader)  # noqa: S506  # a safe loader, see above
    except ValueError as error:  # an impossible date, such as 2026-13-45
        raise yaml.YAMLError(str(error)) from error


def line_of(text: str, keys: Sequence[str | int]) -> int:
    """Return the line of the value that `keys` lead to, as far as they lead; from 1.

    The text is one that `read_yaml` accepted.
    """
    node = yaml.compose(text, Loader=LOADER)
    line = 1
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            node = next((value for name, value in node.value if name.value == key), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int):
            node = node.value[key] if key < len(node.value) else None
        if node is None:
            break
        line = node.start_mark.line + 1
    return line


def _check_bounds(text: str) -> None:
    """Raise `yaml.YAMLError` if a text has more than one may have."""
    if len(text) > MOST_CHARACTERS:
        raise yaml.YAMLError(f"more than {MOST_CHARACTERS} characters")
    open_values = [0]  # the number of values in each open collection, its own among them
    anchors: dict[str | None, int] = {}
    names: list[str | None] = []
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.AliasEvent):
            open_values[-1] += anchors.get(event.anchor, 1)
        elif isinstance(event, yaml.ScalarEvent):
            open_values[-1] += 1
            anchors[event.anchor] = 1
        elif isinstance(event, yaml.CollectionStartEvent):
            open_values.append(1)
            names.append(event.anchor)
        elif isinstance(event, yaml.CollectionEndEvent):
            values = open_values.pop()
            anchors[names.pop()] = values
            open_values[-1] += values
        _check_event(len(names), open_values[-1], event)


def _check_event(levels: int, values: int, event: yaml.Event) -> None:
    line = event.start_mark.line + 1 if event.start_mark else 0
    if levels > MOST_LEVELS:
        raise yaml.YAMLError(f"line {line}: more than {MOST_LEVELS} levels")
    if values > MOST_VALUES:
        raise yaml.YAMLError(f"line {line}: more than {MOST_VALUES} values")
