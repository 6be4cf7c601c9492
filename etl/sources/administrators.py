"""Women and men among the elected and appointed administrators of each municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from etl.delimited import in_province, numbers, read_rows, refuse
from etl.reading import Parsed
from etl.summed import summed

if TYPE_CHECKING:
    from collections.abc import Mapping


def parse(content: bytes, options: Mapping[str, Any]) -> Parsed:
    """Return `women` and `administrators` (women and men), summed over the rows of a place.

    `options`: `code` and `separator` of the file, `period`, `province` (three digits, or none
    for all). The file's columns `F` and `M` count people; those without a sex do not count,
    and a place with nobody else gets no value.
    """
    code = options["code"]
    rows, refused = read_rows(content, [code, "F", "M"], separator=options.get("separator", ","))
    rows = rows[in_province(rows[code], options.get("province"))]
    people = rows[["F", "M"]].apply(numbers)
    refused += [
        refusal
        for sex in ("F", "M")
        for refusal in refuse(rows[people[sex].isna()], [sex], "number")
    ]
    counted = rows.assign(
        women=people["F"],
        administrators=people.sum(axis=1, skipna=False),
        period=str(options["period"]),
    )
    somebody = counted.groupby(code)["administrators"].transform("sum") > 0
    counted = counted[counted["administrators"].notna() & somebody]
    found = summed(counted, ["women", "administrators"], code=code, column="F")
    return Parsed(found, tuple(refused))
