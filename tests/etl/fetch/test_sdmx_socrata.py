"""Downloads from services: Istat's SDMX with one year too many, Socrata page by page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from typer.testing import CliRunner

from etl.__main__ import app
from etl.exit_codes import Exit
from etl.fetch.errors import FetchError
from etl.fetch.http import Http
from etl.fetch.sdmx_structure import codes
from tests.support.deployment import deploy
from tests.support.http_server import QUICK, dataset, fetch_one, rule
from tests.support.misbehaving_server import Provider, gives, says
from warehouse.config import CONFIG_FILE
from warehouse.declarations.sources import Sdmx

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path

    from tests.support.misbehaving_server import Behaviour
    from warehouse.declarations.models import Dataset

FLOW = "/rest/data/41_983/A.015146..F"
HEADER = "DATAFLOW,FREQ,REF_AREA,DATA_TYPE,RESULT,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n"
PUBLISHED = range(2015, 2024)
ROWS = [(f"{n:06d}", f'strada {n}, "centro"\nscala') for n in range(7)]
GENERIC = """<?xml version="1.0" encoding="utf-8"?>
<m:GenericData xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"
 xmlns:g="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic"
 xmlns:c="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common">
 <m:Header><m:ID>X</m:ID><m:Test>false</m:Test><m:Prepared>2026-01-01T00:00:00</m:Prepared>
  <m:Sender id="IT1"/><m:Receiver id="R"/>
  <m:Structure structureID="S" dimensionAtObservation="TIME_PERIOD">
   <c:Structure><Ref id="S" agencyID="IT1" version="1.0"/></c:Structure></m:Structure></m:Header>
 <m:DataSet structureRef="S"><g:Series>
  <g:SeriesKey><g:Value id="FREQ" value="A"/><g:Value id="REF_AREA" value="015146"/></g:SeriesKey>
  <g:Obs><g:ObsDimension value="2022"/><g:ObsValue value="12.5"/>
   <g:Attributes><g:Value id="OBS_STATUS" value="P"/></g:Attributes></g:Obs>
  <g:Obs><g:ObsDimension value="2023"/><g:ObsValue value="13"/>
   <g:Attributes><g:Value id="OBS_STATUS" value="A"/></g:Attributes></g:Obs>
 </g:Series></m:DataSet></m:GenericData>"""


def istat(extra: int) -> Behaviour:
    """Give the years that are asked for, and `extra` more at the end, as Istat does."""

    def behave(request: BaseHTTPRequestHandler) -> None:
        parameters = {k: int(v[0]) for k, v in parse_qs(urlsplit(request.path).query).items()}
        last = parameters.get("endPeriod", 9999) + extra
        years = [y for y in PUBLISHED if parameters.get("startPeriod", 0) <= y <= last]
        if not years:
            return says(404, b"NoRecordsFound")(request)
        rows = "".join(f"IT1:41_983(1.0),A,015146,KILLINJ,F,{y},{y - 2000},\n" for y in years)
        return gives((HEADER + rows).encode(), "application/vnd.sdmx.data+csv")(request)

    return behave


def accidents(server: Provider, start: str | None, end: str | None, **how: str) -> Dataset:
    query = {"kind": "sdmx", "address": f"{server.address}/rest", "flow": "41_983"}
    return dataset("t.csv", **query, key="A.015146..F", start=start, end=end, **how)


def years(folder: Path) -> list[int]:
    header, *rows = (folder / "fetched/t.csv").read_text(encoding="utf-8").splitlines()
    column = header.split(",").index("TIME_PERIOD")
    return [int(row.split(",")[column]) for row in rows]


@pytest.mark.parametrize("extra", [1, 0], ids=["with a year too many", "without"])
@pytest.mark.parametrize(("start", "end"), [(2019, 2021), (2022, 2022), (2015, 2023)])
def test_istat_gives_exactly_the_requested_years(
    server: Provider, tmp_path: Path, extra: int, start: int, end: int
) -> None:
    server.does(FLOW, istat(extra))
    result = fetch_one(tmp_path, accidents(server, str(start), str(end)))
    assert (result.status, result.fault) == ("new", None)
    assert years(tmp_path) == list(range(start, end + 1))
    assert server.requests[0].query == {"startPeriod": str(start), "endPeriod": str(end - 1)}


def test_a_service_without_that_error_gets_the_plain_query(
    server: Provider, tmp_path: Path
) -> None:
    server.does(FLOW, istat(0))
    file = accidents(server, "2019", "2021").files[0]
    assert file.fetch
    plain = file.fetch.model_copy(update={"early_end": False})
    source = file.model_copy(update={"fetch": plain})
    fetch_one(tmp_path, accidents(server, None, None).model_copy(update={"files": (source,)}))
    assert [request.query["endPeriod"] for request in server.requests] == ["2021"]


def test_years_without_an_end_need_no_correction(server: Provider, tmp_path: Path) -> None:
    server.does(FLOW, istat(1))
    assert fetch_one(tmp_path, accidents(server, "2021", None)).fault is None
    assert years(tmp_path) == [2021, 2022, 2023]
    assert server.requests[0].query == {"startPeriod": "2021"}


def test_missing_years_are_reported_and_the_others_are_stored(
    server: Provider, tmp_path: Path
) -> None:
    server.does(FLOW, istat(1))
    result = fetch_one(tmp_path, accidents(server, "2022", "2025"))
    assert (result.status, rule(result)) == ("new", "fetch_periods")
    assert result.fault
    assert "2024, 2025" in result.fault.message["it"]
    assert years(tmp_path) == [2022, 2023]


def test_a_query_without_figures_is_reported(server: Provider, tmp_path: Path) -> None:
    server.does(FLOW, istat(1))
    result = fetch_one(tmp_path, accidents(server, "2030", "2031"))
    assert (result.status, rule(result)) == ("failed", "fetch_status")


def test_the_accept_header_requests_the_format(server: Provider, tmp_path: Path) -> None:
    server.does(FLOW, istat(1))
    fetch_one(tmp_path, accidents(server, "2021", None))
    assert server.requests[0].headers["Accept"] == "application/vnd.sdmx.data+csv;version=1.0.0"


def test_sdmx_ml_becomes_the_same_columns(server: Provider, tmp_path: Path) -> None:
    server.does(FLOW, gives(GENERIC.encode(), "application/vnd.sdmx.genericdata+xml;version=2.1"))
    result = fetch_one(tmp_path, accidents(server, "2023", None, format="xml"))
    assert (result.status, result.fault) == ("new", None)
    text = (tmp_path / "fetched/t.csv").read_text(encoding="utf-8")
    assert text == "TIME_PERIOD,FREQ,REF_AREA,OBS_VALUE,OBS_STATUS\n2023,A,015146,13.0,A\n"


@pytest.mark.parametrize("form", ["csv", "xml"])
def test_a_page_instead_of_figures_is_rejected(server: Provider, tmp_path: Path, form: str) -> None:
    server.does(FLOW, gives(b"<html>maintenance</html>", "text/html"))
    assert rule(fetch_one(tmp_path, accidents(server, "2023", None, format=form))) == "fetch_type"


STRUCTURE = """<?xml version="1.0" encoding="utf-8"?>
<m:Structure xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"
 xmlns:s="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure"
 xmlns:c="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common">
 <m:Header><m:ID>X</m:ID><m:Test>false</m:Test><m:Prepared>2026-01-01T00:00:00</m:Prepared>
  <m:Sender id="IT1"/><m:Receiver id="R"/></m:Header>
 <m:Structures>
  <s:Codelists><s:Codelist id="CL_ESITO" agencyID="IT1" version="1.0">
   <c:Name xml:lang="en">Result</c:Name>
   <s:Code id="M"><c:Name xml:lang="it">morto</c:Name><c:Name xml:lang="en">killed</c:Name></s:Code>
   <s:Code id="F"><c:Name xml:lang="it">ferito</c:Name></s:Code>
  </s:Codelist></s:Codelists>
  <s:DataStructures><s:DataStructure id="DS" agencyID="IT1" version="1.0">
   <c:Name xml:lang="en">Accidents</c:Name>
   <s:DataStructureComponents><s:DimensionList id="DimensionDescriptor">
    <s:Dimension id="RESULT" position="1"><s:LocalRepresentation><s:Enumeration>
     <Ref id="CL_ESITO" version="1.0" agencyID="IT1" package="codelist" class="Codelist"/>
    </s:Enumeration></s:LocalRepresentation></s:Dimension>
    <s:TimeDimension id="TIME_PERIOD" position="2"><s:LocalRepresentation>
     <s:TextFormat textType="ObservationalTimePeriod"/></s:LocalRepresentation></s:TimeDimension>
   </s:DimensionList></s:DataStructureComponents></s:DataStructure></s:DataStructures>
 </m:Structures></m:Structure>"""


def flow(server: Provider) -> Sdmx:
    return Sdmx(kind="sdmx", address=f"{server.address}/rest", flow="41_983")


def test_the_codes_of_a_dataflow_are_listed_by_dimension(server: Provider, tmp_path: Path) -> None:
    server.does("/rest/dataflow/all/41_983/latest", gives(STRUCTURE.encode(), "application/xml"))
    with Http(tmp_path / "pace", QUICK) as http:
        table = codes(http, flow(server), tmp_path / "structure.xml")
    assert table.values.tolist() == [
        [1, "RESULT", "M", "morto", "killed"],
        [1, "RESULT", "F", "ferito", ""],
    ]
    assert server.requests[0].query == {"references": "all"}


def test_a_page_is_not_a_structure(server: Provider, tmp_path: Path) -> None:
    server.does("/rest/dataflow/all/41_983/latest", gives(b"<html>x</html>", "text/html"))
    with Http(tmp_path / "pace", QUICK) as http, pytest.raises(FetchError, match="fetch_type"):
        codes(http, flow(server), tmp_path / "structure.xml")


def socrata(version: list[str], *, as_json: bool = False) -> Behaviour:
    """Give the page that is asked for; each of `version` is the one of a page, the last stays."""

    def behave(request: BaseHTTPRequestHandler) -> None:
        parameters = {k: v[0] for k, v in parse_qs(urlsplit(request.path).query).items()}
        first = int(parameters["$offset"])
        rows = ROWS[first : first + int(parameters["$limit"])]
        now = version.pop(0) if len(version) > 1 else version[0]
        if as_json:
            body = json.dumps([{"codice": code, "via": street} for code, street in rows])
            kind = "application/json"
        else:
            doubled = ((code, street.replace('"', '""')) for code, street in rows)
            lines = (f'"{code}","{street}"\n' for code, street in doubled)
            body, kind = '"codice","via"\n' + "".join(lines), "text/csv"
        gives(body.encode(), kind, Last_Modified=now)(request)

    return behave


def air(server: Provider, end: str, page: int) -> Dataset:
    return dataset(
        f"t.{end}",
        kind="socrata",
        address=f"{server.address}/resource/t.{end}",
        page=page,
        query={"$select": "codice,via", "$where": "anno = 2023"},
    )


@pytest.mark.parametrize("page", [2, 7, 100], ids=["pages", "a page exactly full", "one page"])
@pytest.mark.parametrize("end", ["csv", "json"])
def test_pages_of_a_table_become_one_file(
    server: Provider, tmp_path: Path, page: int, end: str
) -> None:
    server.does(f"/resource/t.{end}", socrata(["v1"], as_json=end == "json"))
    assert fetch_one(tmp_path, air(server, end, page)).status == "new"
    text = (tmp_path / f"fetched/t.{end}").read_text(encoding="utf-8")
    if end == "json":
        assert [tuple(row.values()) for row in json.loads(text)] == ROWS
    else:
        assert text.count("codice") == 1
        assert text.count("strada") == len(ROWS)
    assert server.requests[0].query["$where"] == "anno = 2023"
    assert server.requests[0].query["$order"] == ":id"


def test_a_table_that_changes_between_two_pages_is_read_again(
    server: Provider, tmp_path: Path
) -> None:
    server.does("/resource/t.csv", socrata(["v1", "v2"]))
    assert fetch_one(tmp_path, air(server, "csv", 4)).status == "new"
    assert [request.query["$offset"] for request in server.requests] == ["0", "4", "0", "4"]


def test_a_service_that_ignores_the_offset_is_reported(server: Provider, tmp_path: Path) -> None:
    always = '"codice","via"\n"1","a"\n"2","b"\n'
    server.does("/resource/t.csv", gives(always.encode(), "text/csv"))
    result = fetch_one(tmp_path, air(server, "csv", 2))
    assert (result.status, rule(result)) == ("failed", "fetch_same_page")
    assert len(server.requests) == 2
    assert not (tmp_path / "fetched/t.csv").exists()


def test_a_table_that_keeps_changing_is_reported(server: Provider, tmp_path: Path) -> None:
    server.does("/resource/t.csv", socrata([f"v{n}" for n in range(20)]))
    result = fetch_one(tmp_path, air(server, "csv", 4))
    assert (result.status, rule(result)) == ("failed", "fetch_changed")
    assert not (tmp_path / "fetched/t.csv").exists()


@pytest.mark.parametrize(
    ("words", "code", "expected"),
    [
        ([], 0, ["RESULT", "2", "M F"]),
        (["--dimension", "RESULT"], 0, ["M", "killed"]),
        (["--dimension", "RESULTS"], 0, ["RESULT", "M F"]),
        (["--address", "{server}/elsewhere"], Exit.FAULTS, ["404", "etl add codes"]),
        (["--address", "http://[bad"], Exit.FAULTS, ["Invalid IPv6 URL"]),
    ],
    ids=["dimensions", "codes", "no such dimension", "no such flow", "no address"],
)
def test_an_analyst_sees_the_dimensions_of_a_request(
    server: Provider,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    code: int,
    expected: list[str],
) -> None:
    server.does("/rest/dataflow/all/41_983/latest", gives(STRUCTURE.encode(), "application/xml"))
    monkeypatch.setenv(CONFIG_FILE, str(deploy(tmp_path, language="en")))
    monkeypatch.setenv("COLUMNS", "200")
    options = ["--address", f"{server.address}/rest", *words]
    arguments = [word.replace("{server}", server.address) for word in options]
    done = CliRunner().invoke(app, ["add", "codes", "41_983", *arguments])
    assert done.exit_code == code, done.output
    assert all(word in done.output for word in expected), done.output
