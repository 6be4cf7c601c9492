"""The matrix of commuters from municipality to municipality: how many stay how near."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from etl.parsing.aggregate import countable, summed
from etl.parsing.delimited import read_rows
from etl.parsing.layout import ParsedFile

if TYPE_CHECKING:
    from collections.abc import Mapping

FROM, TO, PEOPLE = "procom_residenza", "procom_lavoro", "Numero_di_individui"


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return, for each municipality of residence, the `variables` that `options` ask for.

    `commuters`; of them `within_municipality`, `within_zone` and `within_province`, who stay
    there, and `to_capital`, who go to `options["capital"]`. `options["province"]` (three digits,
    or none for all) keeps the residents of its municipalities; `zone_of`: the zone of each;
    `merged_into`: what those that merged became, in whose perimeter all is counted. Codes have
    any padding.
    """
    rows, refused = read_rows(content, [FROM, TO, PEOPLE], separator=options.get("separator", ","))
    merged = options.get("merged_into", {})
    own = rows[FROM].str.zfill(6).replace(merged).str.startswith(options.get("province", ""))
    rows, wrong = countable(rows[own], [PEOPLE], [FROM, TO])
    start, end = (rows[name].str.zfill(6).replace(merged) for name in (FROM, TO))
    zone_of = options.get("zone_of", {})
    goes = {
        "within_municipality": start == end,
        "within_zone": start.map(zone_of) == end.map(zone_of),
        "within_province": start.str[:3] == end.str[:3],
        "to_capital": end == options.get("capital"),
    }
    names = options.get("variables", ["commuters", *goes])
    goes["commuters"] = start.notna()
    people = rows[PEOPLE]  # where it is no number the municipality has no figure of any name
    flows = pd.DataFrame({n: people.where(goes[n] | people.isna(), 0.0) for n in names})
    flows = flows.assign(code=start, line=rows["line"], period=str(options["period"]))
    return ParsedFile(summed(flows, names, code="code", column=PEOPLE), (*refused, *wrong))
