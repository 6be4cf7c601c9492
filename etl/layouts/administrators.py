"""Women and men among the elected and appointed administrators of each municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from etl.parsing.aggregate import countable, summed
from etl.parsing.delimited import in_province, read_rows
from etl.parsing.layout import ParsedFile

if TYPE_CHECKING:
    from collections.abc import Mapping


def parse(content: bytes, options: Mapping[str, Any]) -> ParsedFile:
    """Return `women` and `administrators` (women and men), summed over the rows of a place.

    `options`: `code` and `separator` of the file, `period`, `province` (three digits, or none
    for all). The file's columns `F` and `M` count people; those without a sex do not count,
    and a place with nobody else gets no value.
    """
    code = options["code"]
    rows, refused = read_rows(content, [code, "F", "M"], separator=options.get("separator", ","))
    rows = rows[in_province(rows[code], options.get("province"))]
    key = [
        name for name in map(str, rows) if name not in ("F", "M", "line")
    ]  # the role, where it is told
    rows, wrong = countable(rows, ["F", "M"], key)
    counted = rows.assign(
        women=rows["F"],
        administrators=rows["F"] + rows["M"],
        period=str(options["period"]),
    )
    counted = counted[counted.groupby(code)["administrators"].transform("sum") > 0]
    found = summed(counted, ["women", "administrators"], code=code, column="F")
    return ParsedFile(found, (*refused, *wrong))
