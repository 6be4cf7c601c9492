"""A sortable, filterable table in the browser: AG Grid, whose script comes only where it is used.

`dash_ag_grid` puts 1.3 MB into every page. Here its files are served but not named in the page;
`assets/grid.js` stands in for the component and brings the script when a grid is first drawn.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import dash_ag_grid as dag
from dash import html

from dashboard.i18n import translations

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

Kind = Literal["text", "millions", "percent"]

for _script in dag._js_dist:  # noqa: SLF001  # Dash's own list of a package's scripts
    _script.pop("async", None)
    _script["dynamic"] = True

LOCALE = [
    "contains",
    "notContains",
    "equals",
    "notEqual",
    "startsWith",
    "endsWith",
    "blank",
    "notBlank",
    "lessThan",
    "greaterThan",
    "lessThanOrEqual",
    "greaterThanOrEqual",
    "inRange",
    "inRangeStart",
    "inRangeEnd",
    "filterOoo",
    "andCondition",
    "orCondition",
    "noRowsToShow",
    "ariaLabelColumnFilter",
    "ariaFilterMenuOpen",
    "ariaFilterInput",
    "ariaFilteringOperator",
    "ariaFilterValue",
    "ariaFilterToValue",
    "ariaFilterFromValue",
    "pinColumn",
]

# The design system's tokens, so that a grid follows the theme of the page.
PARAMETERS = {
    "backgroundColor": "var(--card)",
    "foregroundColor": "var(--ink)",
    "headerBackgroundColor": "var(--card)",
    "headerTextColor": "var(--ink2)",
    "chromeBackgroundColor": "var(--card)",
    "menuBackgroundColor": "var(--card)",
    "tooltipBackgroundColor": "var(--card)",
    "tooltipTextColor": "var(--ink)",
    "inputBackgroundColor": "var(--card)",
    "borderColor": "var(--grid)",
    "accentColor": "var(--pri)",
    "rowHoverColor": "var(--prit)",
    "fontFamily": "inherit",
    "fontSize": 14,
    "headerFontSize": 13,
    "headerFontWeight": 600,
    "wrapperBorder": False,
    "wrapperBorderRadius": 0,
    "cellHorizontalPadding": 8,
    "iconSize": 14,
    "browserColorScheme": "inherit",
}
THEME = f"themeQuartz.withParams({json.dumps(PARAMETERS)})"


@dataclass(frozen=True)
class Column:
    """A column: its field, its heading, how it is written; `link` opens the row's page.

    `link`: {"path": "/progetti/", "of": field with the last part, "query": "?lang=en"}.
    """

    field: str
    title: str
    kind: Kind = "text"
    width: int = 140
    link: Mapping[str, str] | None = None

    def definition(self, lang: str) -> dict[str, Any]:
        """Return the column as AG Grid declares it."""
        made: dict[str, Any] = {
            "field": self.field,
            "headerName": self.title,
            "minWidth": min(self.width, 160),
            "flex": self.width,
            "tooltipField": self.field,
        }
        if self.kind != "text":
            written = f"{self.kind}(params.value, '{lang}')"
            made |= {
                "type": "rightAligned",
                "filter": "agNumberColumnFilter",
                "valueFormatter": {"function": written},
                "tooltipField": None,
                "minWidth": self.width,
                "sortingOrder": ["desc", "asc", None],
            }
        if self.link:
            made |= {
                "cellRenderer": "RowLink",
                "cellRendererParams": dict(self.link),
                "minWidth": 220,
            }
        return made


def grid(
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, Any]],
    *,
    lang: str,
    id: str,  # noqa: A002  # Dash's own name for it
    label: str,
) -> Component:
    """Return a grid of `rows` that the reader sorts and filters, called `label`."""
    text = translations(lang)
    table = dag.AgGrid(
        id=id,
        columnDefs=[column.definition(lang) for column in columns],
        rowData=list(rows),
        defaultColDef={
            "sortable": True,
            "resizable": True,
            "filter": "agTextColumnFilter",
            "suppressHeaderMenuButton": False,
        },
        dashGridOptions={
            "theme": {"function": THEME},
            "rowHeight": 34,
            "headerHeight": 36,
            "animateRows": False,
            "tooltipShowDelay": 400,
            "enableCellTextSelection": True,
            "suppressMovableColumns": True,
            "localeText": {key: text(f"grid.{key}") for key in LOCALE},
        },
        className="grid",
        style={"height": None, "width": "100%"},
    )
    named: dict[str, Any] = {"role": "region", "aria-label": label}
    return html.Div(table, **named)
