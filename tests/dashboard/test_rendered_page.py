"""What a page is weighed by in the cache of trees: what its tree has, and nothing shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.frame import tree
from dashboard.rendered_page import BYTES_PER_CHARACTER, size_of

if TYPE_CHECKING:
    from dashboard.app import Application


@pytest.mark.parametrize(
    "path", ["/", "/indicatori/mean_taxable_income", "/progetti/opere", "/territori/nord-milano"]
)
def test_a_page_weighs_what_its_tree_takes(app: Application, path: str) -> None:
    page = app.pages.page(path, "")
    assert size_of(page) / BYTES_PER_CHARACTER == pytest.approx(len(tree(page)), rel=0.25)
