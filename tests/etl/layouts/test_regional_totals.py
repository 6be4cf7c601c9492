"""A region's figure out of a file whose codes are not Istat's."""

from __future__ import annotations

import pytest

from etl.layouts import regional_totals
from tests.support.layouts import parse
from tests.support.specimens import CATALOG
from warehouse.errors import SourceError

ANNEX = """\
codINT,REGIONE,ENTE,POP,Quota a),Quota b),Contributo spettante,pagina
1010020010,PIEMONTE,ACQUI TERME,19604,103931.86,685.87,104617.73,9
1030490020,LOMBARDIA,ABBIATEGRASSO,32610,172884.00,,172884.00,29
1030490030,LOMBARDIA,AGRATE BRIANZA,15598,82693.80,,82693.80,29
"""
(FILE,) = (
    file for file in CATALOG.datasets["food_solidarity"].files if file.layout == "regional_totals"
)
OPTIONS = {**FILE.options, "municipalities": 2}


def test_a_region_is_the_sum_of_its_rows() -> None:
    parsed = parse(regional_totals, ANNEX.encode(), OPTIONS, period=FILE.period)
    values = parsed.cells.set_index("variable")["value"].to_dict()
    assert values == {"contribution": 255_577.8, "residents": 48_208}  # 172884 + 82693.80
    assert set(parsed.cells["code"]) == {"lombardia"}


def test_an_incomplete_region_has_no_sum() -> None:
    with pytest.raises(SourceError, match="1506"):
        parse(
            regional_totals, ANNEX.encode(), {**OPTIONS, "municipalities": 1506}, period=FILE.period
        )
    parsed = parse(
        regional_totals, ANNEX.replace("32610", "?").encode(), OPTIONS, period=FILE.period
    )
    assert parsed.cells["variable"].tolist() == ["contribution"]
    assert [(r.line, r.value) for r in parsed.rejected] == [(3, "?")]
