"""`etl add indicator|dataset|codes|missing`: start a declaration, and list what it lacks."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  # typer reads the annotations
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from etl.catalog import read_catalog
from etl.cli.console import ConsoleReporter
from etl.exit_codes import Exit
from etl.scaffold import create
from etl.scaffold.missing import find_gaps
from warehouse.config import CATALOG, PROJECT, check_editable, read_config
from warehouse.declarations.sources import Sdmx

if TYPE_CHECKING:
    from collections.abc import Sequence

    from etl.scaffold.missing import Gap

ISTAT = str(Sdmx.model_fields["address"].default)
SAMPLE = 8  # codes of each dimension

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Start a new indicator or dataset; list what is still missing.",
)
Name = Annotated[
    str, typer.Argument(help="Lower-case letters, digits and _; also the name of the file.")
]


@app.command()
def indicator(
    name: Name,
    *,
    area: Annotated[str, typer.Option(help="The policy area, whose folder it goes to.")],
    dataset: Annotated[str, typer.Option(help="The dataset that it is computed from.")],
    numerator: Annotated[str, typer.Option(help="A variable; else the first.")] = "",
    denominator: Annotated[str, typer.Option(help="A variable, if it is a ratio.")] = "",
) -> None:
    """Start an indicator of a declared dataset."""
    config = read_config()
    check_editable(config.catalog)
    _report(create.indicator(config.catalog, name, area, dataset, numerator, denominator))


@app.command()
def dataset(  # one option per field
    name: Name,
    *,
    provider: Annotated[str, typer.Option(help="Who publishes it.")] = "…",
    address: Annotated[str, typer.Option(help="Where it is published.")] = "https://…",
    cadence: Annotated[
        Literal["daily", "monthly", "quarterly", "half-yearly", "annual", "irregular"],
        typer.Option(help="How often it is published."),
    ] = "annual",
    layout: Annotated[str, typer.Option(help="A module of etl/layouts.")] = "wide_csv",
    tests: Annotated[
        Path | None, typer.Option(help="Folder of the tests; default: beside the catalogue.")
    ] = None,
) -> None:
    """Start a dataset: its declaration, the folder of its specimen, its test."""
    fields = {"provider": provider, "address": address, "cadence": cadence, "layout": layout}
    catalog = read_config().catalog
    check_editable(catalog)
    _report(create.dataset(catalog, tests or _tests_of(catalog), name, **fields))


@app.command()
def missing() -> None:
    """List what the declarations still lack: texts, files, variables, indicators."""
    config = read_config()
    _list(ConsoleReporter(config.language), find_gaps(read_catalog(config.catalog)))


@app.command()
def codes(
    flow: Annotated[str, typer.Argument(help="The dataflow, such as 41_983.")],
    *,
    dimension: Annotated[str, typer.Option(help="List the codes of this dimension.")] = "",
    address: Annotated[str, typer.Option(help="Address of the service, up to /rest.")] = ISTAT,
) -> None:
    """Ask an SDMX service for the dimensions of a request, in order, and their codes."""
    from etl.fetch.sdmx_structure import look_up  # noqa: PLC0415  # slow to import, rarely needed

    config = read_config()
    report = ConsoleReporter(config.language)
    query = Sdmx(kind="sdmx", flow=flow, address=address)
    structure, fault = look_up(query, config.rate_limits)
    if fault:
        report.errors([fault.in_(config.language)])
        raise typer.Exit(Exit.FAULTS)
    if dimension in set(structure["dimension"]):
        rows = structure[structure["dimension"] == dimension]
        titles = rows[["code", config.language]].itertuples(index=False, name=None)
        report.table("title_codes", ("code", "title"), titles)
    else:
        groups = structure.groupby(["position", "dimension"])["code"]
        cells = [(*key, len(group), " ".join(group.head(SAMPLE))) for key, group in groups]
        report.table("title_dimensions", ("position", "dimension", "codes", "first"), cells)


def _tests_of(catalog: Path) -> Path:
    """Return the folder of the tests: the project's own, or beside another city's catalogue."""
    is_own = catalog.resolve() == CATALOG
    return PROJECT / "tests" if is_own else catalog.parent / "tests"


def _report(paths: list[Path]) -> None:
    """Say which files were written, and what is missing in them."""
    config = read_config()
    report = ConsoleReporter(config.language)
    for path in paths:
        report.say("review_written", file=path)
    gaps = find_gaps(read_catalog(config.catalog))
    _list(report, [gap for gap in gaps if any(str(path).endswith(gap.file) for path in paths)])


def _list(report: ConsoleReporter, gaps: Sequence[Gap]) -> None:
    rows = [(gap.file, gap.field, report.word(gap.key)) for gap in gaps]
    report.table("title_missing", ("file", "field", "what_to_do"), rows)
    if not rows:
        report.say("missing_nothing")
