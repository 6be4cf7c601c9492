"""Configuration of a deployment: `config.yaml`."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Literal

import yaml
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    IPvAnyNetwork,
    ValidationError,
    model_validator,
)

from warehouse.errors import CatalogError
from warehouse.messages import field_error, field_errors, message, unreadable
from warehouse.yaml_loader import read_yaml

CONFIG_FILE = "CRUSCOTTO_CONFIG"
PROJECT = Path(__file__).resolve().parent.parent  # in a wheel, the folder of all packages
IS_CHECKOUT = (PROJECT / "pyproject.toml").is_file()
CATALOG = Path(__file__).resolve().parent / "catalog"
CODE = tuple(PROJECT / name for name in ("warehouse", "etl", "dashboard", "tests", "bench"))
LANGUAGE = re.compile(rb"^language:\s*[\"']?(it|en)\b", re.MULTILINE)

Language = Literal["it", "en"]
Access = Literal["local", "public", "proxy"]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Server(_Section):
    """Where the dashboard listens, for whom, and behind which proxy."""

    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8050, ge=1, le=65535, description="Port to listen on.")
    workers: int = Field(default=1, ge=1, le=64, description="Number of serving processes.")
    prefix: str = Field(
        default="",
        pattern=r"^(/[A-Za-z0-9_-]+)*$",
        description="Path under which the proxy shows the dashboard, such as `/cruscotto`.",
    )
    access: Access = Field(
        default="local",
        description="Who is answered: this machine only (`local`), anybody (`public`), or what "
        "the named proxies let through (`proxy`).",
    )
    proxies: tuple[IPvAnyNetwork, ...] = Field(
        default=(), description="Proxies whose forwarded client, scheme and host are believed."
    )
    hosts: tuple[str, ...] = Field(
        default=(), description="Names under which the dashboard is reached; none: any name."
    )
    rate: int | None = Field(
        default=None,
        ge=0,
        description="Requests per second of one client and worker, 0 for no limit; by default "
        "50 where `access` is `public`, else no limit.",
    )
    frame_ancestors: tuple[str, ...] = Field(
        default=(), description="Sites that may show the dashboard in a frame."
    )
    monitoring: tuple[IPvAnyNetwork, ...] = Field(
        default=(), description="Networks, besides this machine, that may read `/metrics`."
    )


class Thresholds(_Section):
    """Shares of residents (0 to 1) that a zone value requires."""

    minimum_coverage: float = Field(
        default=0.5, ge=0, le=1, description="A zone value with less is not computed."
    )
    complete_coverage: float = Field(
        default=0.995, ge=0, le=1, description="A zone value with less is shown as partial."
    )

    @model_validator(mode="after")
    def _complete_is_at_least_minimum(self) -> Thresholds:
        if self.minimum_coverage > self.complete_coverage:
            raise field_error("coverage_ascends")
        return self


class Years(_Section):
    """The years that a day or period of the office's workbooks may be in."""

    first: int = Field(default=1990, ge=1, le=9999, description="No earlier year is accepted.")
    last: int = Field(default=2100, ge=1, le=9999, description="No later year is accepted.")

    @model_validator(mode="after")
    def _last_is_not_before_first(self) -> Years:
        if self.first > self.last:
            raise field_error("years_ascend")
        return self

    def __contains__(self, year: int) -> bool:
        """Say whether a year is accepted."""
        return self.first <= year <= self.last

    def __str__(self) -> str:
        """Return the bounds."""
        return f"{self.first}–{self.last}"


class Retention(_Section):
    """What `etl gc` keeps, besides the published release and the one before it."""

    releases: int = Field(default=24, ge=2, description="Number of newest releases.")
    drafts: int = Field(default=3, ge=1, description="Number of newest drafts.")
    days: int = Field(default=400, ge=0, description="Every release of this many days.")
    pins: tuple[str, ...] = Field(
        default=(), description="Releases that are never removed; `etl pin` adds others."
    )


class Limits(_Section):
    """How much memory one process of the dashboard may take."""

    releases: int = Field(
        default=3, ge=2, description="Releases open at once, with the published one."
    )
    memory: int = Field(default=512, ge=128, description="MiB of the database of one open release.")
    threads: int = Field(default=1, ge=1, description="Threads of one query.")
    pages: int = Field(default=64, ge=8, description="MiB of pages kept as they were drawn.")
    figures: int = Field(default=32, ge=8, description="MiB of figures kept of one open release.")


class Config(_Section):
    """One deployment; once read, its paths are absolute."""

    catalog: Path = Field(
        default_factory=lambda: CATALOG,  # of this installation: no part of the schema
        description="Folder of the catalogue, relative to this file; by default the package's.",
    )
    data: Path = Field(description="Folder of releases and caches, relative to this file.")
    language: Language = Field(default="it", description="Language of commands and pages.")
    contact: str = Field(
        default="",
        pattern=r"^([^@\s]+@[^@\s]+)?$",
        description="E-mail address for problems and for accessibility, in the foot of each page.",
    )
    server: Server = Field(default=Server(), description="How the dashboard is served.")
    thresholds: Thresholds = Field(
        default=Thresholds(), description="Completeness that zone values require."
    )
    years: Years = Field(
        default=Years(), description="Years that the office's workbooks may mention."
    )
    retention: Retention = Field(default=Retention(), description="What `etl gc` keeps.")
    limits: Limits = Field(default=Limits(), description="Memory that the dashboard may take.")

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
    def catalog_copies(self) -> Path:
        """The folder of copies of the catalogue, by the digest of its files and the code."""
        return self.cache / "catalog"

    @property
    def drawn_pages(self) -> Path:
        """The folder of the pages that servers drew, by release and code."""
        return self.cache / "pages"

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
    """Read `path`, else $CRUSCOTTO_CONFIG, else `config.yaml` of this folder or of the checkout.

    Raises `CatalogError` that names file, field and reason.
    """
    path = (path or _config_file()).resolve()
    try:
        config = Config.model_validate(read_yaml(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise CatalogError(message("no_config", path=path)) from None
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        raise CatalogError(unreadable(path, error)) from error
    except ValidationError as error:
        raise CatalogError(
            *(
                message("wrong_field", at=path, field=field, said=reason)
                for field, reason in field_errors(error)
            )
        ) from error
    data = path.parent / config.data
    if data.resolve() == PROJECT or any(data.resolve().is_relative_to(code) for code in CODE):
        raise CatalogError(message("data_in_code", path=path, data=config.data))
    return config.model_copy(update={"catalog": path.parent / config.catalog, "data": data})


def configured_language() -> Language:
    """Return the language of the deployment, even if the rest of its configuration is wrong."""
    try:
        return read_config().language
    except CatalogError:
        return _language_of_file()


def _language_of_file() -> Language:
    """Return the language that the file sets, whatever else is in it; Italian if none."""
    try:
        match = LANGUAGE.search(_config_file().read_bytes())
    except OSError:
        match = None
    return "en" if match and match[1] == b"en" else "it"


def check_editable(*paths: Path) -> None:
    """Raise `CatalogError` where a path is inside an installed package: an update replaces it."""
    for path in paths:
        if not IS_CHECKOUT and any(path.resolve().is_relative_to(code) for code in CODE):
            raise CatalogError(message("in_package", path=path))


def _config_file() -> Path:
    configured = os.environ.get(CONFIG_FILE)
    here = Path("config.yaml")
    fallback = PROJECT / here if IS_CHECKOUT and not here.exists() else here
    return Path(configured or fallback)
