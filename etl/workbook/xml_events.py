"""Base of the readers that take XML in chunks, without ever holding a whole document."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CHUNK = 1 << 16  # bytes read at once
MOST_KNOWN = 1000  # names of elements that are remembered


class Refused(ValueError):  # noqa: N818  # what was refused is its argument
    """A document is not one that a spreadsheet writes."""


def attribute(attributes: dict[str, str], name: str) -> str | None:
    """Return the value of an attribute in any namespace, None where it is missing."""
    return next((v for k, v in attributes.items() if k.rpartition("}")[2] == name), None)


class Events:
    """Receives the elements of a document; a document type is refused.

    `starts` and `ends` are what to do at each element, by its name without the namespace.
    """

    def __init__(
        self,
        starts: Mapping[str, Callable[[dict[str, str]], None]],
        ends: Mapping[str, Callable[[], None]],
    ) -> None:
        """Take the actions of a reader."""
        start_of, end_of = _ByName(starts), _ByName(ends)
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = lambda name, values: start_of[name](values)
        self._parser.EndElementHandler = lambda name: end_of[name]()
        self._parser.StartDoctypeDeclHandler = _refuse
        self._text: list[str] = []

    def feed(self, chunk: bytes) -> None:
        """Parse the next bytes."""
        self._parser.Parse(chunk, False)  # noqa: FBT003  # of expat: not the last ones

    def close(self) -> None:
        """Parse the end; raises `ExpatError` if the document is cut off."""
        self._parser.Parse(b"", True)  # noqa: FBT003  # of expat: the last ones

    def collect(self, _attributes: dict[str, str]) -> None:
        """Collect the text from here."""
        self._text = []
        self._parser.CharacterDataHandler = self._text.append

    def collected(self) -> str:
        """Return the text since `collect`."""
        self._parser.CharacterDataHandler = None
        return self._text[0] if len(self._text) == 1 else "".join(self._text)


class _ByName(dict[str, "Callable[..., None]"]):
    """Actions by the name of an element, with the prefix that a document gives it."""

    def __init__(self, actions: Mapping[str, Callable[..., None]]) -> None:
        super().__init__()
        self._actions = actions

    def __missing__(self, name: str) -> Callable[..., None]:
        action = self._actions.get(name.rpartition(":")[2], _ignore)
        if len(self) < MOST_KNOWN:
            self[name] = action
        return action


def _ignore(*_arguments: object) -> None:
    pass


def _refuse(name: str, *_more: object) -> None:
    raise Refused(name)
