"""Behind a real nginx of Debian, by the configuration in deploy/."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from contextlib import contextmanager
from socket import create_server
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect

from tests.support.chromium import outside
from tests.support.deployment import PROJECT, deploy, serving
from warehouse.config import read_config

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
CONFIGURATION = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    {locations}
  }}
}}
"""


@pytest.fixture(scope="module")
def behind_nginx(deployment: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the proxy; what is behind it answers nobody else."""
    if not shutil.which(NGINX):
        pytest.skip("nginx is not installed: apt-get install nginx-light")
    settings = {
        "prefix": "/cruscotto",
        "access": "proxy",
        "proxies": ["127.0.0.1"],
        "hosts": ["cruscotto.example.it"],
        "monitoring": ["192.0.2.0/24"],
    }
    folder = tmp_path_factory.mktemp("nginx")
    data = str(read_config(deployment).data)
    with (
        serving(deploy(folder, data=data, server=settings)) as (address, _),
        _nginx(folder, address) as proxy,
    ):
        yield proxy


@contextmanager
def _nginx(folder: Path, address: str) -> Iterator[str]:
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    locations = (PROJECT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    locations = locations.replace("http://127.0.0.1:8050", address)
    path = folder / "nginx.conf"
    text = CONFIGURATION.format(folder=folder, port=port, locations=locations)
    path.write_text(text, encoding="utf-8")
    process = subprocess.Popen([NGINX, "-c", str(path), "-e", str(folder / "error.log")])
    try:
        _wait(f"http://127.0.0.1:{port}/cruscotto/health/live")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait(address: str) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            with urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(address)


def _status(address: str, **headers: str) -> int:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urlopen(Request(address, headers=names), timeout=20) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code


def test_a_reader_walks_below_the_prefix(behind_nginx: str, browser: Browser) -> None:
    context = browser.new_context(base_url=behind_nginx)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    page.on("request", lambda r: faults.append(r.url) if _is_astray(r.url, behind_nginx) else None)
    taken_over = page.locator("#drawn")  # what came drawn, until the scripts have taken over
    page.goto("/cruscotto/")
    taken_over.wait_for(state="detached")
    page.locator('#main a[href^="/cruscotto/ambiti/"]').first.click()
    expect(page.locator("#main .failed")).to_have_count(0)
    page.goto("/cruscotto/indicatori/mean_taxable_income")
    taken_over.wait_for(state="detached")
    expect(page.locator("svg.map")).to_have_attribute("data-drawn", "true")
    page.locator("#search").fill("legnano")
    page.locator("#search-results [role=option]").first.click()
    expect(page).to_have_url(f"{behind_nginx}/cruscotto/territori/015118")
    with page.expect_download() as download:
        page.goto("/cruscotto/progetti/opere")
        taken_over.wait_for(state="detached")
        page.locator('a[download][href*="works.csv"]').first.click()
    assert "/cruscotto/api/" in download.value.url
    context.close()
    assert faults == []


def _is_astray(url: str, site: str) -> bool:
    """Say whether a request leaves the site or the prefix."""
    return outside(url) or (url.startswith(site) and not url.startswith(f"{site}/cruscotto/"))


def test_what_the_proxy_says_of_the_reader_counts(behind_nginx: str) -> None:
    metrics = f"{behind_nginx}/cruscotto/metrics"
    assert _status(metrics) == 200  # the reader is this machine
    assert _status(metrics, X_Forwarded_For="203.0.113.7, 192.0.2.5") == 200
    assert _status(metrics, X_Forwarded_For="203.0.113.7") == 403
    with urlopen(f"{behind_nginx}/cruscotto/health/ready", timeout=20) as answer:
        assert json.load(answer)["ready"] is True
        assert len(answer.headers["x-request-id"]) == 32  # nginx's own


def test_another_name_is_not_answered(behind_nginx: str) -> None:
    address = f"{behind_nginx}/cruscotto/"
    assert _status(address, Host="cruscotto.example.it") == 200
    assert _status(address, Host="evil.example") == 421


def test_a_large_body_stops_at_the_proxy(behind_nginx: str) -> None:
    address = f"{behind_nginx}/cruscotto/_dash-update-component"
    with pytest.raises(HTTPError) as refused:
        urlopen(Request(address, data=b"x" * 70_000), timeout=20)
    assert refused.value.code == 413
