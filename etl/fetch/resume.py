"""A partly downloaded file: the bytes so far, and the request for the rest of the same version."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from etl.fetch.errors import RetryError
from warehouse.files import read_json

if TYPE_CHECKING:
    from pathlib import Path

    from httpx2 import Headers, Response

PARTIAL = 206
RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")


class PartialFile:
    """The start of a file, with the validators (ETag, Last-Modified) of its version.

    It outlives the process: a large file resumes where the last attempt, or run, stopped.
    """

    def __init__(self, path: Path, address: str) -> None:
        """Resume the file at `path`, if it is from `address`."""
        self.path = path
        self._address = address
        self._validators_path = path.with_name(f"{path.name}.json")
        self.total = 0
        if self._validators().get("address") != address:
            self.drop()

    @property
    def size(self) -> int:
        """Bytes received so far."""
        return self.path.stat().st_size if self.path.exists() else 0

    def range_headers(self) -> dict[str, str]:
        """Return the headers that request the rest, if any; If-Range gets all of a changed file."""
        validator = self._strong_validator()
        if not (validator and self.size and self._validators()["total"]):
            return {}  # the rest could be of another version, or end too early unnoticed
        return {"Range": f"bytes={self.size}-", "If-Range": validator}

    def begin(self, answer: Response) -> str:
        """Return how to open the file for the body of `answer`: `ab` for the rest, `wb` for all.

        Raises `RetryError`, and drops the file, if the rest is of another version.
        """
        validators = _validators_of(answer.headers)
        length = answer.headers.get("Content-Length", "")
        if answer.status_code == PARTIAL:
            match = RANGE.fullmatch(answer.headers.get("Content-Range", ""))
            stored = self._validators()
            same = all(stored.get(k) == v for k, v in validators.items())
            if not match or int(match[1]) != self.size or not same or match[2] != stored["total"]:
                self.drop()
                raise RetryError("fetch_changed", self._address)
            self.total = int(stored.get("total") or 0)
            return "ab"
        if "Content-Encoding" in answer.headers:  # its length and ranges count other bytes
            validators, length = {}, ""
        self.total = int(length) if length.isdigit() else 0
        stored = {"address": self._address, "total": length, **validators}
        self._validators_path.write_text(json.dumps(stored), encoding="utf-8")
        return "wb"

    def finish(self) -> None:
        """Raise `RetryError` unless all bytes were received."""
        if self.total and self.size != self.total:
            sizes = f"{self.size} / {self.total}"
            if self.size > self.total:
                self.drop()
            raise RetryError("fetch_cut", sizes)
        self._validators_path.unlink(missing_ok=True)

    def drop(self) -> None:
        """Remove what was received."""
        self.path.unlink(missing_ok=True)
        self._validators_path.unlink(missing_ok=True)

    def _strong_validator(self) -> str:
        validators = self._validators()
        etag = validators.get("etag", "")
        return etag if etag and not etag.startswith("W/") else validators.get("last-modified", "")

    def _validators(self) -> dict[str, str]:
        try:
            validators: dict[str, str] = read_json(self._validators_path)
        except (FileNotFoundError, ValueError):
            return {}
        return validators


def _validators_of(headers: Headers) -> dict[str, str]:
    return {name: headers[name] for name in ("etag", "last-modified") if name in headers}
