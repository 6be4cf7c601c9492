"""Memory of a server stays flat over all addresses, publications and old permalinks."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import Request, urlopen

import pytest

from tests.support.deployment import serving
from tests.support.releases import multiply
from warehouse.config import read_config
from warehouse.declarations.loader import read_catalog
from warehouse.release.publish import published, rollback

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warehouse.declarations.loader import Catalog

ROUNDS, SETTLED = 8, 5  # publications; those after which memory has its shape
GROWTH, MOST = 25, 300  # MiB: between settled and end; of one worker with everything drawn


def addresses(catalog: Catalog, release: str) -> Iterator[str]:
    indicators = tuple(catalog.indicators)[:4]
    yield from ("/", "/territori", "/progetti", "/progetti/opere", "/piano", "/dati", "/novita")
    yield from (f"/ambiti/{node.id}" for node in catalog.areas)
    yield from (f"/indicatori/{name}" for name in indicators)
    yield from (f"/api/indicators/{name}.csv" for name in indicators)
    yield from (f"/shapes/{release}.svg", "/api/indicators", "/health/ready")


def get(server: str, address: str) -> None:
    """Get an address; of a page, also what is drawn in it."""
    request = Request(server + address)
    if not address.startswith(("/api", "/shapes", "/health")):
        request = Request(f"{server}/_dash-layout", headers={"Referer": server + address})
    with urlopen(request, timeout=60) as answer:
        assert answer.status == 200
        answer.read()


def resident(process: int) -> float:
    """Return the memory of a process and those that it started, in MiB."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    match = re.search(r"VmRSS:\s+(\d+) kB", status)
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8")
    own = int(match[1]) / 1024 if match else 0.0
    return own + sum(resident(int(child)) for child in children.split())


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
def test_memory_is_flat_over_publications_and_permalinks(
    published_city: Path, tmp_path: Path
) -> None:
    shutil.copytree(published_city, tmp_path / "city")
    config = read_config(tmp_path / "city" / "config.yaml")
    catalog = read_catalog(config.catalog)
    first = f"{published(config)}"
    names = [first, *(multiply(config, first, times) for times in range(2, ROUNDS + 1))]
    sizes = []
    with serving(tmp_path / "city" / "config.yaml") as (server, process):
        for number, name in enumerate(names):
            rollback(config, name)
            old = names[(number * 5) % len(names)]
            for address in addresses(catalog, name):
                get(server, address)
                if not address.startswith(("/shapes", "/health")):
                    get(server, f"{address}?release={old}")
            sizes.append(resident(process))
    assert max(sizes[SETTLED:]) - max(sizes[:SETTLED]) < GROWTH, sizes
    assert max(sizes) < MOST, sizes
