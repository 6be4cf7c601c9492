"""Each kind of page is compared with the best of its kind."""

from __future__ import annotations

import re
from pathlib import Path

from dashboard.views import MEETING, VIEWS, WORK

DECISIONS = Path(__file__).parents[2] / "docs" / "decisions.md"


def test_every_kind_of_page_has_a_row_with_a_peer_and_what_was_taken() -> None:
    text = DECISIONS.read_text(encoding="utf-8").partition("## 2026-11-29 · Beside the best")[2]
    rows = [line.split(" | ") for line in text.partition("\n## ")[0].splitlines() if "|" in line]
    named = [name for row in rows for name in re.findall(r"`(\w+)`", row[0])]
    assert sorted(named) == sorted(view.name for view in (*VIEWS, WORK, MEETING))
    assert all(len(row) == 4 and all(cell.strip(" |") for cell in row) for row in rows[2:])
