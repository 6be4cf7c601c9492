"""The files of deploy/: units that systemd accepts, an image without root."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.support.deployment import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

DEPLOY = PROJECT / "deploy"
MOST_EXPOSED = 2.0  # of 10, as systemd-analyze counts
SERVICES = ("cruscotto.service", "cruscotto-refresh.service")


def _analyze(*words: str) -> str:
    program = shutil.which("systemd-analyze")
    if not program:
        pytest.skip("systemd is not installed")
    done = subprocess.run(
        [program, *words], capture_output=True, text=True, check=False, timeout=60
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_hardened(name: str) -> None:
    report = _analyze("security", "--offline=true", str(DEPLOY / name))
    found = re.search(r"Overall exposure level for \S+: (\d+\.\d)", report)
    assert found, report
    assert float(found[1]) <= MOST_EXPOSED


def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    for unit in DEPLOY.glob("cruscotto*"):
        text = unit.read_text(encoding="utf-8")
        local = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", text, flags=re.MULTILINE)
        (tmp_path / unit.name).write_text(local, encoding="utf-8")
    for unit in tmp_path.iterdir():
        report = _analyze("verify", "--man=no", str(unit))
        assert [line for line in report.splitlines() if unit.name in line] == []


def test_the_commands_of_the_units_are_those_of_the_project() -> None:
    project = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    for name in SERVICES:
        text = (DEPLOY / name).read_text(encoding="utf-8")
        command = re.search(r"^ExecStart=\S+/\.venv/bin/(\w+) ", text, re.MULTILINE)
        assert command
        assert f'\n{command[1]} = "' in project


def test_the_image_has_no_root_and_checks_its_health() -> None:
    lines = (DEPLOY / "Containerfile").read_text(encoding="utf-8").splitlines()
    final = lines[max(i for i, line in enumerate(lines) if line.startswith("FROM")) :]
    assert "USER 10001" in final
    assert final.index("USER 10001") < next(
        i for i, line in enumerate(final) if line.startswith("ENTRYPOINT")
    )
    assert any("/health/ready" in line for line in final)
    assert not any(line.startswith(("RUN pip", "ADD")) for line in final)
    copied = {
        line.split()[1] for line in lines if line.startswith("COPY ") and "--from" not in line
    }
    assert all((PROJECT / path).exists() for path in copied)
