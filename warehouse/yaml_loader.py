"""Strict YAML loader for declarations and texts: bounded, and a repeated key is an error."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Sequence

# libyaml's loader, if installed, is eighteen times as fast; a catalogue has hundreds of files.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TEXT = "tag:yaml.org,2002:str"
MOST_CHARACTERS, MOST_LEVELS, MOST_VALUES = 1_000_000, 50, 100_000  # of one file


class RepeatedKeyError(yaml.YAMLError):
    """A mapping has the same key twice."""

    def __init__(self, key: str, line: int) -> None:
        """Keep the key, and the line of its second occurrence."""
        super().__init__(f"line {line}: {key} is repeated")
        self.key, self.line = key, line


class _Loader(LOADER):  # type: ignore[misc,valid-type]  # one of two classes
    """Rejects what is too large or too deep, and a repeated key; YAML would use the last one."""

    def get_single_node(self) -> yaml.Node | None:
        """Return the root of the text, within the bounds of a file."""
        root: yaml.Node | None = super().get_single_node()
        if root is not None:
            _check_size(root, 1, {})
        return root

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:  # noqa: ANN401, FBT001, FBT002  # PyYAML's signature
        """Return the value of a node; of a text, which most are, at once."""
        if node.tag == TEXT and isinstance(node, yaml.ScalarNode):
            return node.value
        return super().construct_object(node, deep=deep)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002  # as above
        """Return a mapping without a repeated key."""
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
    rejected before values are made of it.
    """
    if len(text) > MOST_CHARACTERS:
        raise yaml.YAMLError(f"more than {MOST_CHARACTERS} characters")
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506  # a safe loader, see above
    except ValueError as error:  # an impossible date, such as 2026-13-45
        raise yaml.YAMLError(str(error)) from error
    except RecursionError as error:  # of PyYAML's own composer; libyaml's has bounds
        raise yaml.YAMLError(f"more than {MOST_LEVELS} levels") from error


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


def _check_size(node: yaml.Node, level: int, sizes: dict[int, int]) -> int:
    """Return how many values a node has, itself among them; of one that is repeated, each time.

    Raises `yaml.YAMLError` if they are too many or too deep. `sizes`: of the collections seen
    before; one inside itself counts once.
    """
    if isinstance(node, yaml.ScalarNode):
        return 1
    if (size := sizes.get(id(node))) is not None:
        return size
    if level > MOST_LEVELS:
        raise yaml.YAMLError(f"line {node.start_mark.line + 1}: more than {MOST_LEVELS} levels")
    size = sizes[id(node)] = 1
    is_mapping = isinstance(node, yaml.MappingNode)
    for child in chain.from_iterable(node.value) if is_mapping else node.value:
        size += _check_size(child, level + 1, sizes)
    if size > MOST_VALUES:
        raise yaml.YAMLError(f"line {node.start_mark.line + 1}: more than {MOST_VALUES} values")
    sizes[id(node)] = size
    return size
