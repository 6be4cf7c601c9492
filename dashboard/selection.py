"""Selection of a reader: what the address bar says, read from and written to an address."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Literal, get_args
from urllib.parse import parse_qs, quote_plus

from warehouse.periods import read_day

if TYPE_CHECKING:
    from collections.abc import Mapping

Language = Literal["it", "en"]
Theme = Literal["system", "light", "dark", "contrast"]
MapLevel = Literal["municipality", "zone"]
Chart = Literal["drawing", "zoom"]

EVERYWHERE = ("lang", "theme", "release")
PLAIN = (
    "release", "period", "since", "area", "level", "text", "show", "cycle", "at", "state", "trait",
    "actor", "source", "body", "measure", "place", "funding_from", "funding_to", "paid_from",
    "paid_to", "share_from", "share_to", "sort", "vs", "kind", "indicator", "project", "across",
    "up", "subject", "values", "like", "events", "deck", "outlook", "panel",
)  # fmt: skip
LISTS = ("territory", "indicators", "criteria")
CHOICES = {"lang": Language, "theme": Theme, "map": MapLevel, "chart": Chart}

MOST_DIGITS = 6  # of the number of a page


@dataclass(frozen=True)
class Selection:
    """What an address selects.

    Field names are the keys of the query string; an unknown key or value is ignored, so that
    an old or mistyped link still opens. `territory`, `indicators` and `criteria` may name several,
    separated by commas. `at` is the day on which projects are seen, ISO. `sort` is a column, with
    `-` before it from the largest to the smallest. `vs` is an earlier release to compare with, or
    a day on which it held. `deck` holds a presentation, see `dashboard.decks.link`. `panel` is what
    the room shows of the page: without it, the page's own slide.
    """

    path: str = "/"
    lang: Language = "it"
    theme: Theme = "system"
    release: str | None = None
    territory: tuple[str, ...] = ()
    period: str | None = None
    since: str | None = None
    map: MapLevel = "municipality"
    chart: Chart = "drawing"
    area: str | None = None
    level: str | None = None
    text: str | None = None
    show: str | None = None
    cycle: str | None = None
    at: str | None = None
    state: str | None = None
    trait: str | None = None
    actor: str | None = None
    source: str | None = None
    body: str | None = None
    measure: str | None = None
    place: str | None = None
    funding_from: str | None = None
    funding_to: str | None = None
    paid_from: str | None = None
    paid_to: str | None = None
    share_from: str | None = None
    share_to: str | None = None
    sort: str | None = None
    vs: str | None = None
    kind: str | None = None
    indicator: str | None = None
    project: str | None = None
    indicators: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    across: str | None = None
    up: str | None = None
    subject: str | None = None
    values: str | None = None
    like: str | None = None
    events: str | None = None
    outlook: str | None = None
    deck: str | None = None
    panel: str | None = None
    page: int = 1

    @classmethod
    def read(cls, path: str | None, query: str | None, lang: Language = "it") -> Selection:
        """Read a path and a query string (with or without `?`); `lang` is the default."""
        query_lists = parse_qs((query or "").lstrip("?"))
        query_values = {k: v[-1] for k, v in query_lists.items()}
        values: dict[str, Any] = {"lang": lang}
        for key, allowed in CHOICES.items():
            if query_values.get(key) in get_args(allowed):
                values[key] = query_values[key]
        for key in PLAIN:
            values[key] = query_values.get(key) or None
        for key in LISTS:
            names = ",".join(query_lists.get(key, ())).split(",")
            values[key] = tuple(dict.fromkeys(name for name in names if name))
        day = read_day(values["at"])
        values["at"] = day.isoformat() if day else None
        values["page"] = _position(query_values.get("page", ""))
        clean = "/" + (path or "").strip("/")
        return cls(path=clean, **values)

    def address(self, path: str | None = None, default: Language = "it", **changes: object) -> str:
        """Return the address of this selection with `changes`.

        Another `path` keeps only what holds everywhere (language, theme, release), and among
        pages of projects the day at which they are seen. A table goes back to its first page
        where its rows or their order change.
        """
        values = self._choices
        if path is not None and path != self.path:
            values = self._project_choices if _is_project_page(path) else self._shared_choices
        elif not changes.keys() <= {"lang", "theme", "page"}:
            values = {key: value for key, value in values.items() if key != "page"}
        return _write(path or self.path, {**values, **changes} if changes else values, default)

    def moved(self, path: str, default: Language = "it", **changes: object) -> str:
        """Return the address of another path with everything that is selected, and `changes`."""
        return _write(path, {**self._choices, **changes}, default)

    @cached_property
    def _choices(self) -> Mapping[str, Any]:
        """The values that are not the default, and the language, whose default varies."""
        values = {name: getattr(self, name) for name in DEFAULTS}
        return {
            k: v for k, v in values.items() if k == "lang" or (k != "path" and v != DEFAULTS[k])
        }

    @cached_property
    def _shared_choices(self) -> Mapping[str, Any]:
        return {key: value for key, value in self._choices.items() if key in EVERYWHERE}

    @cached_property
    def _project_choices(self) -> Mapping[str, Any]:
        names = (*EVERYWHERE, "at")
        return {key: value for key, value in self._choices.items() if key in names}


def _is_project_page(path: str) -> bool:
    return path.startswith(("/progetti", "/attori")) and path != "/progetti/opere"


def _position(text: str) -> int:
    """Return a number from 1, 1 for anything else."""
    return max(1, int(text)) if text.isdecimal() and len(text) <= MOST_DIGITS else 1


def _write(path: str, values: Mapping[str, Any], default: Language) -> str:
    query = []
    names = sorted(values, key=ORDER.__getitem__) if len(values) > 1 else values
    for name in names:
        value = values[name]
        if value != (default if name == "lang" else DEFAULTS[name]):
            text = ",".join(value) if isinstance(value, tuple) else str(value)
            query.append(f"{name}={_quoted(text)}")
    return f"{path}?{'&'.join(query)}" if query else path


@lru_cache(maxsize=4_096)
def _quoted(text: str) -> str:
    return quote_plus(text, safe=",")


DEFAULTS = {field.name: field.default for field in fields(Selection)}
ORDER = {name: position for position, name in enumerate(DEFAULTS)}
