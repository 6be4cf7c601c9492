"""Memory that does not suffice is an error that says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.small_city import RESIDENTS, components, indicator, small_catalog
from warehouse.build.build import build_draft
from warehouse.config import Limits
from warehouse.errors import ReleaseError
from warehouse.query.store import Store

if TYPE_CHECKING:
    from tests.support.small_city import Configure

TOTAL = indicator("total", "sum")
TEXT = RESIDENTS + "money.paid 015077 2023 5"


def test_a_build_without_memory_says_so_and_leaves_no_draft(
    config: Configure, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = config()
    monkeypatch.setattr("warehouse.build.build.MEMORY", "2MB")
    with pytest.raises(ReleaseError, match="not enough memory") as caught:
        build_draft(settings, small_catalog(TOTAL), components(TEXT))
    assert "la memoria non basta" in caught.value.in_("it")[0]
    assert not list(settings.releases.iterdir())


def test_a_release_larger_than_its_memory_names_the_setting(release: Store) -> None:
    too_little = Limits.model_construct(memory=8, threads=1)
    with pytest.raises(ReleaseError, match=r"`limits\.memory`"):
        Store(release.folder, too_little)
