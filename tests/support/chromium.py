"""The machine's Chromium, unable to reach any other host."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

# Without these, Chromium contacts its maker's hosts.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def launch(playwright: Playwright) -> Browser:
    """Start $CHROMIUM, else the system's chromium, else the one that Playwright installed."""
    return playwright.chromium.launch(executable_path=program(), args=list(ARGUMENTS))


def program() -> str | None:
    """Return the file of the browser; None for Playwright's own."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium")


def outside(url: str) -> bool:
    """Say whether `url` would leave this machine."""
    parts = urlsplit(url)
    return parts.scheme not in {"data", "blob", "about"} and parts.hostname != "127.0.0.1"
