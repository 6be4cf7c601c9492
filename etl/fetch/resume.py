"""A file that is on its way: what has come so far, and how to ask for the rest of the same one."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from etl.fetch.errors import Again

if TYPE_CHECKING:
    from pathlib import Path

    from httpx2 import Headers, Response

PARTIAL = 206
RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")


class Part:
    """The beginning of a file, with the marks (ETag, Last-Modified) of the version it is of.

    It outlives the process: a big file goes on where the last attempt, or run, left it.
    """

    def __init__(self, path: Path, address: str) -> None:
        """Take up what is at `path`, if it came from `address`."""
        self.path = path
        self._address = address
        self._marks_path = path.with_name(f"{path.name}.json")
        self.total = 0
        if self._marks().get("address") != address:
            self.drop()

    @property
    def size(self) -> int:
        """Bytes that have come."""
        return self.path.stat().st_size if self.path.exists() else 0

    def asked(self) -> dict[str, str]:
        """Return the headers that ask for the rest, or none: If-Range gives all if it changed."""
        mark = self._strong()
        if not (mark and self.size and self._marks()["total"]):
            return {}  # the rest could be of another version, or end too early unseen
        return {"Range": f"bytes={self.size}-", "If-Range": mark}

    def begin(self, answer: Response) -> str:
        """Return how to open the file for the body of `answer`: `ab` for the rest, `wb` for all.

        Raises `Again`, with nothing kept, when the rest is of another version of the file.
        """
        marks = _marks_of(answer.headers)
        length = answer.headers.get("Content-Length", "")
        if answer.status_code == PARTIAL:
            found = RANGE.fullmatch(answer.headers.get("Content-Range", ""))
            known = self._marks()
            same = all(known.get(k) == v for k, v in marks.items())
            if not found or int(found[1]) != self.size or not same or found[2] != known["total"]:
                self.drop()
                raise Again("fetch_changed", self._address)
            self.total = int(known.get("total") or 0)
            return "ab"
        if "Content-Encoding" in answer.headers:  # its length and ranges are of other bytes
            marks, length = {}, ""
        self.total = int(length) if length.isdigit() else 0
        known = {"address": self._address, "total": length, **marks}
        self._marks_path.write_text(json.dumps(known), encoding="utf-8")
        return "wb"

    def finish(self) -> None:
        """Raise `Again` unless all bytes are there."""
        if self.total and self.size != self.total:
            said = f"{self.size} / {self.total}"
            if self.size > self.total:
                self.drop()
            raise Again("fetch_cut", said)
        self._marks_path.unlink(missing_ok=True)

    def drop(self) -> None:
        """Forget what has come."""
        self.path.unlink(missing_ok=True)
        self._marks_path.unlink(missing_ok=True)

    def _strong(self) -> str:
        marks = self._marks()
        etag = marks.get("etag", "")
        return etag if etag and not etag.startswith("W/") else marks.get("last-modified", "")

    def _marks(self) -> dict[str, str]:
        try:
            marks: dict[str, str] = json.loads(self._marks_path.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return {}
        return marks


def _marks_of(headers: Headers) -> dict[str, str]:
    return {name: headers[name] for name in ("etag", "last-modified") if name in headers}
