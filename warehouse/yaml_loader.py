"""Strict YAML loader for declarations and texts: a repeated key is an error."""

from __future__ import annotations

from typing import Any

import yaml

# libyaml's loader, if installed, is eighteen times as fast; a catalogue has hundreds of files.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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
    """Return the content of a YAML text; raises `yaml.YAMLError`, also for a repeated key."""
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506  # a safe loader, see above
    except ValueError as error:  # an impossible date, such as 2026-13-45
        raise yaml.YAMLError(str(error)) from error
