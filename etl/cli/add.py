"""`etl add indicator|dataset|codes|missing`: begin a declaration, and see what is still open."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from etl.catalog import read_catalog
from etl.cli.console import Report
from etl.exit_codes import Exit
from etl.scaffold import create
from etl.scaffold.missing import Open
from etl.scaffold.missing import missing as open_points
from warehouse.config import read_config
from warehouse.declarations.sources import Sdmx

ISTAT = str(Sdmx.model_fields["address"].default)
SHOWN = 8  # codes of each dimension
TESTS = Path(__file__).resolve().parents[2] / "tests"

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Begin a new indicator or dataset; say what is still missing.",
)
Name = Annotated[str, typer.Argument(help="Small letters, digits and _: it names the file.")]


@app.command()
def indicator(
    name: Name,
    *,
    area: Annotated[str, typer.Option(help="The policy area whose folder it goes to.")],
    dataset: Annotated[str, typer.Option(help="The dataset that it is computed from.")],
    numerator: Annotated[str, typer.Option(help="A variable; else the first.")] = "",
    denominator: Annotated[str, typer.Option(help="A variable, if it is a ratio.")] = "",
) -> None:
    """Begin an indicator of a dataset that is declared."""
    config = read_config()
    _told(create.indicator(config.catalog, name, area, dataset, numerator, denominator))


@app.command()
def dataset(  # one option a field
    name: Name,
    *,
    provider: Annotated[str, typer.Option(help="Who publishes it.")] = "…",
    address: Annotated[str, typer.Option(help="Where it is published.")] = "https://…",
    cadence: Annotated[
        Literal["daily", "monthly", "quarterly", "half-yearly", "annual", "irregular"],
        typer.Option(help="How often it comes."),
    ] = "annual",
    layout: Annotated[str, typer.Option(help="A module of etl/layouts.")] = "wide_csv",
    tests: Annotated[Path, typer.Option(help="The folder of the tests.")] = TESTS,
) -> None:
    """Begin a dataset: its declaration, the folder of its specimen, its test."""
    told = {"provider": provider, "address": address, "cadence": cadence, "layout": layout}
    _told(create.dataset(read_config().catalog, tests, name, **told))


@app.command()
def missing() -> None:
    """Say what the declarations still lack: words to write, files, variables, indicators."""
    config = read_config()
    _list(Report(config.language), open_points(read_catalog(config.catalog)))


@app.command()
def codes(
    flow: Annotated[str, typer.Argument(help="The dataflow, such as 41_983.")],
    *,
    dimension: Annotated[str, typer.Option(help="List the codes of this dimension.")] = "",
    address: Annotated[str, typer.Option(help="The service's, up to /rest.")] = ISTAT,
) -> None:
    """Ask an SDMX service what a request is made of: dimensions in order, and their codes."""
    from etl.fetch.sdmx_structure import look_up  # noqa: PLC0415  # slow to load, seldom needed

    config = read_config()
    report = Report(config.language)
    query = Sdmx(kind="sdmx", flow=flow, address=address)
    found, fault = look_up(query, config.rate_limits)
    if fault:
        report.faults([f"{fault.message[config.language]} {fault.suggestion[config.language]}"])
        raise typer.Exit(Exit.FAULTS)
    if dimension in set(found["dimension"]):
        chosen = found[found["dimension"] == dimension]
        titles = chosen[["code", config.language]].itertuples(index=False, name=None)
        report.table("title_codes", ("code", "title"), titles)
    else:
        groups = found.groupby(["position", "dimension"])["code"]
        rows = [(*place, len(codes), " ".join(codes.head(SHOWN))) for place, codes in groups]
        report.table("title_dimensions", ("position", "dimension", "codes", "first"), rows)


def _told(written: list[Path]) -> None:
    """Say which files were written, and what is open in them."""
    config = read_config()
    report = Report(config.language)
    for file in written:
        report.say("review_written", file=file)
    found = open_points(read_catalog(config.catalog))
    _list(report, [o for o in found if any(str(file).endswith(o.file) for file in written)])


def _list(report: Report, found: list[Open] | tuple[Open, ...]) -> None:
    rows = [(o.file, o.field, report.word(o.word)) for o in found]
    report.table("title_missing", ("file", "field", "what_to_do"), rows)
    if not rows:
        report.say("missing_nothing")
