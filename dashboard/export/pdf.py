"""Slides as PDF, printed by a Chromium of this computer from the HTML file."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from warehouse.errors import CruscottoError
from warehouse.messages import message

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
SECONDS = 120
OPTIONS = ("--headless", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer")


def browser() -> str:
    """Return the program that prints; raises, naming what was looked for, where there is none."""
    programs = (shutil.which(name) for name in BROWSERS)
    program = next((path for path in programs if path), None)
    if program is None:
        raise CruscottoError(message("no_browser", names=", ".join(BROWSERS)))
    return program


def as_pdf(html: str) -> bytes:
    """Return a document of one file as PDF, a page a slide."""
    program = browser()
    with TemporaryDirectory() as folder:
        source, target = Path(folder, "slides.html"), Path(folder, "slides.pdf")
        source.write_text(html, encoding="utf-8")
        # The file is ours and asks for nothing; Chromium's own sandbox does not start as root.
        is_root = hasattr(os, "geteuid") and os.geteuid() == 0
        options = [*OPTIONS, *(["--no-sandbox"] if is_root else [])]
        words = [program, *options, f"--user-data-dir={folder}/profile"]
        words += [f"--print-to-pdf={target}", source.as_uri()]
        try:
            subprocess.run(words, check=True, capture_output=True, timeout=SECONDS)  # noqa: S603  # a program of the list
            return target.read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise CruscottoError(
                message("no_pdf", program=program, fault=_reason(error))
            ) from error


def _reason(error: OSError | subprocess.SubprocessError) -> str:
    """Return why nothing was printed: the last line of the program's own words where it has any."""
    if isinstance(error, subprocess.TimeoutExpired):
        return f"> {SECONDS} s"
    if isinstance(error, subprocess.CalledProcessError):
        lines = error.stderr.decode(errors="replace").strip().splitlines()
        return lines[-1][:200] if lines else f"exit {error.returncode}"
    return str(error)
