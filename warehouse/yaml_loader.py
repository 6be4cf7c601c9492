"""YAML as it is written in declarations and words."""

from __future__ import annotations

from typing import Any

import yaml

# libyaml's, where it is there: eighteen times as fast, and a catalogue has hundreds of files
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class RepeatedKeyError(yaml.YAMLError):
    """A mapping says one key twice: nobody knows which of them is meant."""

    def __init__(self, key: str, line: int) -> None:
        """Name the key, and the line where it stands again."""
        super().__init__(f"line {line}: {key} is said twice")
        self.key, self.line = key, line


class _Loader(LOADER):  # type: ignore[misc,valid-type]  # one of two classes
    """Refuses a key that a mapping repeats; YAML itself would take the last one."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002  # PyYAML's signature
        own = [key for key, _ in node.value]
        found: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        if len(found) < len(own):
            seen: set[str] = set()
            for key in own:
                if key.value in seen:
                    raise RepeatedKeyError(key.value, key.start_mark.line + 1)
                seen.add(key.value)
        return found


def read_yaml(text: str) -> Any:  # noqa: ANN401  # whatever stands there; models check it
    """Return what a YAML text says; raises `yaml.YAMLError`, also where a key is said twice."""
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506  # a safe loader, see above
    except ValueError as error:  # a day that there is not, such as 2026-13-45
        raise yaml.YAMLError(str(error)) from error
