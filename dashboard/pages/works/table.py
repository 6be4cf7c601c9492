"""The table of the selected funded works: sorted by any column, a hundred rows a page."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

from dashboard.pages.common.filters import Menu
from dashboard.pages.works import filters
from dashboard.registry import panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context

ROWS_PER_PAGE = 100
LARGEST_FIRST = "-funding"
COLUMNS = ("title", "body", "place", "measure", "state", "funding", "paid", "share", "cup")
NUMBERS = frozenset({"funding", "paid", "share"})  # sorted from the largest at the first click
TITLES = {
    "title": "projects.work_title",
    "body": "projects.body",
    "place": "projects.place",
    "measure": "projects.measure",
    "state": "works.state",
    "funding": "works.funding_millions",
    "paid": "works.paid_millions",
    "share": "projects.paid_share",
    "cup": "works.cup",
}


@dataclass(frozen=True, slots=True)
class Order:
    """A column and a direction, as `sort` in the address has them."""

    column: str
    descending: bool

    @classmethod
    def read(cls, text: str | None) -> Order:
        """Read a column, with `-` before it from the largest; anything else is by funding."""
        column = (text or "").removeprefix("-")
        if column not in COLUMNS:
            return cls.read(LARGEST_FIRST)
        return cls(column, (text or "").startswith("-"))

    def __str__(self) -> str:
        """Return what the address has; nothing for the order that a table has without it."""
        text = f"-{self.column}" if self.descending else self.column
        return "" if text == LARGEST_FIRST else text


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """The head of a column, with the address that sorts by it."""

    name: str
    title: str
    address: str
    direction: str  # ascending or descending where the table is sorted by it
    is_number: bool


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A funded work as its row shows it; amounts in M€."""

    address: str
    title: str
    body: str
    place: str
    measure: str
    state: str
    funding: str
    paid: str
    share: str
    cup: str


@dataclass(frozen=True, slots=True)
class Pager:
    """Where the page of a table is among its pages, and the addresses of the others."""

    first_row: str
    last_row: str
    rows: str
    page: int
    pages: int
    links: tuple[tuple[str, str, str | None], ...]  # rel, label, address where there is one


def totals(context: Context) -> dict[str, Any]:
    """Return number and money of the selected works."""
    territory = filters.territory_of(context)
    return filters.rows(context, "selected_works_totals", territory=territory)[0]


def page_rows(context: Context, page: int = 1) -> list[dict[str, Any]]:
    """Return the selected works of one page, in the selected order."""
    order = Order.read(context.selection.sort)
    return filters.rows(
        context,
        "selected_works",
        territory=filters.territory_of(context),
        column=order.column,
        descending=order.descending,
        count=ROWS_PER_PAGE,
        first=(page - 1) * ROWS_PER_PAGE,
    )


def page_of(context: Context, works: int) -> tuple[int, int]:
    """Return the number of the selected page, and how many pages the works have."""
    pages = max(1, ceil(works / ROWS_PER_PAGE))
    return min(context.selection.page, pages), pages


@panel("works")
def works(context: Context) -> Html:
    """Show a page of the selected works; every column sorts them."""
    count = totals(context)
    page, pages = page_of(context, count["works"])
    return context.panel(
        "works/works.html",
        "works card",
        has_picture=bool(count["works"]),
        count=context.format.number(count["works"], 0),
        notes=_notes(context, count),
        sort_menu=_sort_menu(context),
        heads=_heads(context),
        rows=[work_row(context, row) for row in page_rows(context, page)],
        pager=pager_of(context, page, pages, count["works"]),
        **_source(context, count),
    )


def _notes(context: Context, count: dict[str, Any]) -> list[str]:
    names = ("several", "without_money", "without_area")
    return [
        context.text(f"works.{name}", n=context.format.number(count[name], 0))
        for name in names
        if count[name]
    ]


def _source(context: Context, count: dict[str, Any]) -> dict[str, Any]:
    """Return every dataset that the rows come from, and their first and last day."""
    names = (count["datasets"] or "").split()
    first, last = count["first_extracted"], count["last_extracted"]
    paid_on = context.data.rows("funded_totals")[0]["paid_on"]
    return {
        "datasets": [context.catalog.datasets[n] for n in names if n in context.catalog.datasets],
        "first": context.format.day(first) if first else "",
        "last": context.format.day(last) if last else "",
        "paid": context.format.period(paid_on) if paid_on else "",
    }


def _heads(context: Context) -> list[ColumnHead]:
    order = Order.read(context.selection.sort)
    return [
        ColumnHead(
            name=column,
            title=context.text(TITLES[column]),
            address=_sorted_by(context, Order(column, _next_direction(column, order))),
            direction=_direction(order) if column == order.column else "",
            is_number=column in NUMBERS,
        )
        for column in COLUMNS
    ]


def _next_direction(column: str, order: Order) -> bool:
    return not order.descending if column == order.column else column in NUMBERS


def _direction(order: Order) -> str:
    return "descending" if order.descending else "ascending"


def _sorted_by(context: Context, order: Order) -> str:
    return context.href(sort=str(order) or None)


def _sort_menu(context: Context) -> Menu:
    """Return the columns as a menu, for screens too narrow for the head of the table."""
    order = Order.read(context.selection.sort)
    options = tuple(
        (
            context.text(TITLES[column]),
            _sorted_by(context, Order(column, column in NUMBERS)),
            column == order.column,
        )
        for column in COLUMNS
    )
    now = context.text(TITLES[order.column])
    return Menu("sort", context.text("works.sort"), now, options)


def work_row(context: Context, row: dict[str, Any]) -> WorkRow:
    """Return a work as its row shows it."""
    several = (row["municipalities"] or 0) > 1
    state = "works.sample" if row["sample"] else f"works.state_{row['state']}"
    return WorkRow(
        address=context.href(f"/progetti/{row['project']}"),
        title=context.from_capitals(row["title"]),
        body=context.from_capitals(row["body"] or "–"),
        place=context.text("projects.in_several", n=row["municipalities"])
        if several
        else row["place"] or "–",
        measure=row["measure"] or "–",
        state=context.text(state),
        funding=_amount(context, row["funding"]),
        paid=_amount(context, row["paid"]),
        share="–" if row["paid_share"] is None else context.format.percent(row["paid_share"]),
        cup=row["cup"] or "–",
    )


def _amount(context: Context, euro: float | None) -> str:
    return "–" if euro is None else context.format.millions(euro)


def pager_of(context: Context, page: int, pages: int, rows: int) -> Pager | None:
    """Return which rows the page has and where the others are; nothing where it has all."""
    if pages == 1:
        return None
    steps = (
        ("first", 1, page > 1),
        ("prev", page - 1, page > 1),
        ("next", page + 1, page < pages),
        ("last", pages, page < pages),
    )
    first = (page - 1) * ROWS_PER_PAGE
    return Pager(
        first_row=context.format.number(first + 1, 0),
        last_row=context.format.number(min(first + ROWS_PER_PAGE, rows), 0),
        rows=context.format.number(rows, 0),
        page=page,
        pages=pages,
        links=tuple(
            (
                rel,
                context.text(f"works.page_{rel}"),
                context.href(page=target) if possible else None,
            )
            for rel, target, possible in steps
        ),
    )
