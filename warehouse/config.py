"""The deployment that `config.yaml` describes."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from warehouse.errors import CatalogError
from warehouse.messages import field_error, field_errors, message, unreadable
from warehouse.yaml_loader import read_yaml

CONFIG_FILE = "CRUSCOTTO_CONFIG"
PROJECT = Path(__file__).resolve().parent.parent
CODE = tuple(PROJECT / name for name in ("warehouse", "etl", "dashboard", "tests", "bench"))
SPOKEN = re.compile(rb"^language:\s*[\"']?(it|en)\b", re.MULTILINE)

Language = Literal["it", "en"]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Server(_Section):
    """Where the dashboard listens."""

    host: str = "127.0.0.1"
    port: int = Field(default=8050, ge=1, le=65535)


class Thresholds(_Section):
    """Shares of residents (0 to 1) from which a zone value is given, and called complete."""

    minimum_coverage: float = Field(default=0.5, ge=0, le=1)
    complete_coverage: float = Field(default=0.995, ge=0, le=1)

    @model_validator(mode="after")
    def _what_is_complete_is_shown(self) -> Thresholds:
        if self.minimum_coverage > self.complete_coverage:
            raise field_error("coverage_ascends")
        return self


class Retention(_Section):
    """What `etl gc` keeps: so many releases and drafts, all of so many days, and the pins."""

    releases: int = Field(default=24, ge=2)
    drafts: int = Field(default=3, ge=1)
    days: int = Field(default=400, ge=0)
    pins: tuple[str, ...] = ()


class Config(_Section):
    """Paths (absolute once read), language, server, thresholds and retention of a deployment."""

    catalog: Path
    data: Path
    language: Language = "it"
    server: Server = Server()
    thresholds: Thresholds = Thresholds()
    retention: Retention = Retention()

    @property
    def releases(self) -> Path:
        """The folder of the releases and their drafts."""
        return self.data / "releases"

    @property
    def pointer(self) -> Path:
        """The one-line file that names the published release."""
        return self.data / "current"

    @property
    def release_lock(self) -> Path:
        """The file that a process locks while it changes the releases or the pointer."""
        return self.data / "lock"

    @property
    def snapshots(self) -> Path:
        """The folder of the raw files that releases were made from."""
        return self.data / "snapshots"

    @property
    def fetched(self) -> Path:
        """The folder of the files fetched from the providers."""
        return self.data / "fetched"

    @property
    def office(self) -> Path:
        """The folder of the workbooks that the office loaded."""
        return self.data / "office"

    @property
    def cache(self) -> Path:
        """The folder of what can be computed again: parsed tables, compressed scripts, fonts."""
        return self.data / "cache"

    @property
    def rate_limits(self) -> Path:
        """The folder that records when each provider was last called."""
        return self.data / "pace"

    @property
    def refresh_history(self) -> Path:
        """The file that lists earlier refreshes and the releases they gave."""
        return self.data / "refresh.json"

    @property
    def pins(self) -> Path:
        """The file that names the releases that are never removed, one per line."""
        return self.data / "pins"


def read_config(path: Path | None = None) -> Config:
    """Read `path`, else $CRUSCOTTO_CONFIG, else `config.yaml` beside the packages.

    Raises `CatalogError` that names file, field and reason.
    """
    path = (path or _configured()).resolve()
    try:
        config = Config.model_validate(read_yaml(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise CatalogError(message("no_config", path=path)) from None
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        raise CatalogError(unreadable(path, error)) from error
    except ValidationError as error:
        raise CatalogError(
            *(
                message("wrong_field", at=path, field=f, said=said)
                for f, said in field_errors(error)
            )
        ) from error
    data = path.parent / config.data
    if data.resolve() == PROJECT or any(data.resolve().is_relative_to(code) for code in CODE):
        raise CatalogError(message("data_in_code", path=path, data=config.data))
    return config.model_copy(update={"catalog": path.parent / config.catalog, "data": data})


def spoken_language() -> Language:
    """Return the language of the deployment, also where the rest of its configuration is wrong."""
    try:
        return read_config().language
    except CatalogError:
        return _written_language()


def _written_language() -> Language:
    """Return the language that stands in the file, whatever else does; Italian if none does."""
    try:
        found = SPOKEN.search(_configured().read_bytes())
    except OSError:
        found = None
    return "en" if found and found[1] == b"en" else "it"


def _configured() -> Path:
    return Path(os.environ.get(CONFIG_FILE, PROJECT / "config.yaml"))
