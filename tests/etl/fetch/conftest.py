"""A provider that behaves as each test asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.misbehaving_server import Provider, provider

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def server() -> Iterator[Provider]:
    with provider() as result:
        yield result
