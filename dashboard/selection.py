"""The address bar as a value: everything that a reader has chosen, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Literal, get_args
from urllib.parse import parse_qs, urlencode

Language = Literal["it", "en"]
Theme = Literal["light", "dark", "contrast"]
MapLevel = Literal["municipality", "zone"]

EVERYWHERE = ("lang", "theme", "release")
PLAIN = (
    "release", "period", "area", "level", "text", "show", "cycle", "at", "state", "trait", "actor",
    "source",
)  # fmt: skip


@dataclass(frozen=True)
class Selection:
    """What an address selects.

    Field names are the keys of the query string; an unknown key or value is ignored, so that
    an old or mistyped link still opens. `territory` may name several, separated by commas. `at`
    is the day on which projects are seen, ISO.
    """

    path: str = "/"
    lang: Language = "it"
    theme: Theme = "light"
    release: str | None = None
    territory: tuple[str, ...] = ()
    period: str | None = None
    map: MapLevel = "municipality"
    area: str | None = None
    level: str | None = None
    text: str | None = None
    slide: int = 1
    show: str | None = None
    cycle: str | None = None
    at: str | None = None
    state: str | None = None
    trait: str | None = None
    actor: str | None = None
    source: str | None = None

    @classmethod
    def read(cls, path: str | None, query: str | None, lang: Language = "it") -> Selection:
        """Read a path and a query string (with or without `?`); `lang` is the default."""
        found = {k: v[-1] for k, v in parse_qs((query or "").lstrip("?")).items()}
        chosen: dict[str, Any] = {"lang": lang}
        for key, allowed in (("lang", Language), ("theme", Theme), ("map", MapLevel)):
            if found.get(key) in get_args(allowed):
                chosen[key] = found[key]
        for key in PLAIN:
            chosen[key] = found.get(key) or None
        chosen["territory"] = tuple(t for t in found.get("territory", "").split(",") if t)
        chosen["at"] = _day(chosen["at"])
        if found.get("slide", "").isdigit():
            chosen["slide"] = max(1, int(found["slide"]))
        clean = "/" + (path or "").strip("/")
        return cls(path=clean, **chosen)

    def address(self, path: str | None = None, default: Language = "it", **changes: object) -> str:
        """Return the address of this selection with `changes`.

        Another `path` keeps only what holds everywhere (language, theme, release), and among
        pages of projects the day at which they are seen.
        """
        base = self
        if path is not None and path != self.path:
            kept = (*EVERYWHERE, "at") if _of_projects(path) else EVERYWHERE
            base = Selection(path=path, **{k: getattr(self, k) for k in kept})
        return _write(replace(base, **changes), default)  # type: ignore[arg-type]  # checked by replace


def _of_projects(path: str) -> bool:
    return path.startswith(("/progetti", "/attori")) and path != "/progetti/opere"


def _day(text: str | None) -> str | None:
    """Return an ISO day, None for anything else."""
    try:
        return date.fromisoformat(text or "").isoformat()
    except ValueError:
        return None


def _write(selection: Selection, default: Language) -> str:
    empty = Selection(lang=default)
    query = {}
    for field in fields(Selection):
        value = getattr(selection, field.name)
        if field.name != "path" and value != getattr(empty, field.name):
            query[field.name] = ",".join(value) if isinstance(value, tuple) else str(value)
    return selection.path + ("?" + urlencode(query, safe=",") if query else "")
