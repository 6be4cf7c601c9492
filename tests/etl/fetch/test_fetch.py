"""Downloads from a provider that is slow, breaks off, changes, refuses or fails."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from etl.fetch import fetch
from etl.fetch.http import CONNECTIONS
from tests.support.http_server import (
    QUICK,
    TABLE,
    catalog,
    fetch_one,
    fetched,
    http_dataset,
    rule,
)
from tests.support.misbehaving_server import (
    Provider,
    breaks_off,
    continues_another,
    gives,
    provider,
    says,
    waits,
)

if TYPE_CHECKING:
    from pathlib import Path


LATER = TABLE.replace(b";1\n", b";7\n")


def content(folder: Path, path: str = "waste/2023.csv") -> bytes:
    return (folder / "fetched" / path).read_bytes()


def test_a_file_is_fetched_once_and_stored_with_its_origin(
    server: Provider, tmp_path: Path
) -> None:
    dataset = http_dataset(server.does("/2023", gives(TABLE, etag='"a"')).replace("2023", "{year}"))
    result = fetch_one(tmp_path, dataset)
    assert (result.status, result.fault, result.bytes) == ("new", None, len(TABLE))
    assert result.address == f"{server.address}/2023"
    assert content(tmp_path) == TABLE
    stored = tmp_path / "kept" / sha256(TABLE).hexdigest()
    metadata = json.loads((stored / "snapshot.json").read_text(encoding="utf-8"))
    assert (stored / "content").read_bytes() == TABLE
    assert metadata["headers"]["etag"] == '"a"'
    assert (metadata["address"], metadata["licence"]) == (result.address, dataset.licence)
    assert sorted(p.name for p in (tmp_path / "fetched/waste").iterdir()) == [
        "2023.csv",
        "2023.csv.received.json",
    ]
    assert server.requests[0].headers["User-Agent"].startswith("cruscotto-metropolitano/")


def test_an_unchanged_file_is_not_sent_again(server: Provider, tmp_path: Path) -> None:
    dataset = http_dataset(server.does("/t", gives(TABLE, etag='"a"')))
    first, second = fetch_one(tmp_path, dataset), fetch_one(tmp_path, dataset)
    assert server.requests[1].headers["If-None-Match"] == '"a"'
    assert (second.status, second.fetched) == ("unchanged", first.fetched)


def test_the_same_bytes_from_a_server_without_validators_are_unchanged(
    server: Provider, tmp_path: Path
) -> None:
    dataset = http_dataset(server.does("/t", gives(TABLE)))
    assert [fetch_one(tmp_path, dataset).status for _ in range(2)] == ["new", "unchanged"]


def test_a_file_that_was_edited_locally_is_fetched_again(server: Provider, tmp_path: Path) -> None:
    dataset = http_dataset(server.does("/t", gives(TABLE, etag='"a"')))
    fetch_one(tmp_path, dataset)
    (tmp_path / "fetched/waste/2023.csv").write_bytes(b"spoilt")
    assert fetch_one(tmp_path, dataset).status == "new"
    assert content(tmp_path) == TABLE


def test_a_new_version_replaces_the_old_one(server: Provider, tmp_path: Path) -> None:
    dataset = http_dataset(server.does("/t", gives(TABLE, etag='"a"'), gives(LATER, etag='"b"')))
    assert [fetch_one(tmp_path, dataset).status for _ in range(2)] == ["new", "new"]
    assert content(tmp_path) == LATER
    assert len(list((tmp_path / "kept").iterdir())) == 2


def test_a_silent_server_is_abandoned_after_the_time_out(server: Provider, tmp_path: Path) -> None:
    result = fetch_one(
        tmp_path, http_dataset(server.does("/t", waits(1))), replace(QUICK, attempts=2)
    )
    assert (result.status, rule(result), len(server.requests)) == ("failed", "fetch_unreachable", 2)


def test_a_file_that_breaks_off_is_resumed(server: Provider, tmp_path: Path) -> None:
    server.does("/t", breaks_off(TABLE, '"a"'), gives(TABLE, etag='"a"'))
    assert fetch_one(tmp_path, http_dataset(f"{server.address}/t")).status == "new"
    assert server.requests[1].headers["Range"] == f"bytes={len(TABLE) // 2}-"
    assert content(tmp_path) == TABLE


def test_a_later_run_resumes_a_file_that_an_earlier_one_left_incomplete(
    server: Provider, tmp_path: Path
) -> None:
    dataset = http_dataset(server.does("/t", breaks_off(TABLE, '"a"')))
    assert fetch_one(tmp_path, dataset, replace(QUICK, attempts=1)).status == "failed"
    server.does("/t", gives(TABLE, etag='"a"'))
    assert fetch_one(tmp_path, dataset).status == "new"
    assert server.requests[-1].headers["Range"] == f"bytes={len(TABLE) // 2}-"
    assert content(tmp_path) == TABLE


def test_a_server_without_ranges_gives_the_whole_file_again(
    server: Provider, tmp_path: Path
) -> None:
    server.does("/t", breaks_off(TABLE, '"a"'), gives(TABLE, etag='"a"', ranges=False))
    assert fetch_one(tmp_path, http_dataset(f"{server.address}/t")).status == "new"
    assert content(tmp_path) == TABLE


def test_the_rest_of_a_changed_file_is_not_appended_to_its_start(
    server: Provider, tmp_path: Path
) -> None:
    server.does("/t", breaks_off(TABLE, '"a"'), gives(LATER, etag='"b"'))
    assert fetch_one(tmp_path, http_dataset(f"{server.address}/t")).status == "new"
    assert content(tmp_path) == LATER


def test_a_server_that_continues_with_another_version_is_asked_for_the_full_file(
    server: Provider, tmp_path: Path
) -> None:
    wrong_version = continues_another(LATER, '"b"', first=len(TABLE) // 2)
    server.does("/t", breaks_off(TABLE, '"a"'), wrong_version, gives(LATER, etag='"b"'))
    assert fetch_one(tmp_path, http_dataset(f"{server.address}/t")).status == "new"
    assert "Range" not in server.requests[2].headers
    assert content(tmp_path) == LATER


def test_a_partial_file_without_a_validator_is_not_resumed(
    server: Provider, tmp_path: Path
) -> None:
    server.does("/t", breaks_off(TABLE, ""), gives(TABLE))
    assert fetch_one(tmp_path, http_dataset(f"{server.address}/t")).status == "new"
    assert "Range" not in server.requests[1].headers


def test_too_many_requests_wait_as_long_as_the_provider_says(
    server: Provider, tmp_path: Path
) -> None:
    server.does("/t", says(429, Retry_After="1"), gives(TABLE))
    assert fetch_one(tmp_path, http_dataset(f"{server.address}/t")).status == "new"
    assert server.requests[1].moment - server.requests[0].moment >= 1


def test_a_provider_that_asks_for_a_long_wait_is_not_called_again(
    server: Provider, tmp_path: Path
) -> None:
    server.does("/t", says(429, Retry_After="3600"))
    datasets = [http_dataset(f"{server.address}/t", path) for path in ("a.csv", "b.csv")]
    results = fetched(tmp_path, *datasets)
    assert [rule(result) for result in results] == ["fetch_later", "fetch_later"]
    assert len(server.requests) == 1


def test_a_server_error_is_retried(server: Provider, tmp_path: Path) -> None:
    server.does("/t", says(500), says(503), gives(TABLE))
    assert fetch_one(tmp_path, http_dataset(f"{server.address}/t")).status == "new"
    assert len(server.requests) == 3


def test_a_lasting_error_is_reported_and_the_earlier_file_stays(
    server: Provider, tmp_path: Path
) -> None:
    dataset = http_dataset(server.does("/t", gives(TABLE, etag='"a"'), says(500)))
    first, second = fetch_one(tmp_path, dataset), fetch_one(tmp_path, dataset)
    assert (second.status, rule(second)) == ("failed", "fetch_status")
    assert (second.bytes, second.fetched) == (first.bytes, first.fetched)
    assert content(tmp_path) == TABLE
    assert len(server.requests) == 1 + QUICK.attempts


@pytest.mark.parametrize("code", [400, 401, 403, 404, 410])
def test_a_refused_request_is_not_repeated(server: Provider, tmp_path: Path, code: int) -> None:
    result = fetch_one(tmp_path, http_dataset(server.does("/t", says(code))))
    assert (rule(result), len(server.requests)) == ("fetch_status", 1)
    assert result.fault
    assert str(code) in result.fault.message["en"]


def test_one_bad_provider_does_not_stop_the_others(server: Provider, tmp_path: Path) -> None:
    server.does("/good", gives(TABLE))
    bad, good = (
        http_dataset(f"{server.address}/bad", "a.csv"),
        http_dataset(f"{server.address}/good"),
    )
    assert [result.status for result in fetched(tmp_path, bad, good)] == ["failed", "new"]


def test_an_unreachable_host_is_tried_for_one_file_only(tmp_path: Path) -> None:
    with provider() as gone:
        address = gone.address
    datasets = [http_dataset(f"{address}/{path}", path) for path in ("a.csv", "b.csv", "c.csv")]
    assert {rule(result) for result in fetched(tmp_path, *datasets)} == {"fetch_unreachable"}


def test_without_a_network_only_the_first_host_is_retried(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "etl.fetch.http")
    hosts = [f"http://{name}.invalid/t" for name in ("one", "two", "three")]
    datasets = [http_dataset(host, f"{n}.csv") for n, host in enumerate(hosts)]
    results = fetched(tmp_path, *datasets, limits=replace(QUICK, attempts=5))
    assert {rule(result) for result in results} == {"fetch_unreachable"}
    assert len([r for r in caplog.records if "attempt" in r.message]) == CONNECTIONS - 1


WRONG = {
    "an error page instead of a csv": (b"<!DOCTYPE html><p>Errore</p>", "text/html", "t.csv"),
    "an error object instead of a csv": (b'{"error": "no"}', "application/json", "t.csv"),
    "a csv instead of a workbook": (TABLE, "application/octet-stream", "t.xlsx"),
    "a page instead of json": (b"\n <html>", "application/json", "t.json"),
    "nothing at all": (b"", "text/csv", "t.csv"),
}


@pytest.mark.parametrize("case", WRONG)
def test_content_of_the_wrong_type_is_rejected(server: Provider, tmp_path: Path, case: str) -> None:
    body, kind, path = WRONG[case]
    result = fetch_one(tmp_path, http_dataset(server.does("/t", gives(body, kind)), path))
    assert (result.status, rule(result)) == ("failed", "fetch_type")
    assert not (tmp_path / "fetched" / path).exists()
    assert len(server.requests) == 1


def test_a_csv_sent_as_html_is_accepted(server: Provider, tmp_path: Path) -> None:
    dataset = http_dataset(server.does("/t.csv.php", gives(TABLE, "text/html; charset=UTF-8")))
    assert fetch_one(tmp_path, dataset).status == "new"


def zipped(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name.replace("__", "."), body)
    return packed.getvalue()


def test_the_member_of_an_archive_is_extracted_and_the_archive_is_stored(
    server: Provider, tmp_path: Path
) -> None:
    archive = zipped(POSAS_2023__csv=TABLE, leggimi__txt=b"note")
    address = server.does("/t", gives(archive, "application/zip", etag='"a"'))
    dataset = http_dataset(address, member="*.csv")
    assert fetch_one(tmp_path, dataset).status == "new"
    assert content(tmp_path) == TABLE
    assert (tmp_path / "kept" / sha256(archive).hexdigest() / "content").exists()
    assert fetch_one(tmp_path, dataset).status == "unchanged"


@pytest.mark.parametrize(
    ("archive", "expected"),
    [
        (zipped(a__csv=TABLE, b__csv=TABLE), "fetch_member"),
        (zipped(readme__txt=b"note"), "fetch_member"),
        (zipped(a__csv=TABLE)[:-30], "fetch_damaged"),
        (zipped(a__csv=b"<html>"), "fetch_type"),
        (TABLE, "fetch_type"),
    ],
    ids=["two members fit", "none fits", "damaged", "a page inside", "no archive"],
)
def test_an_archive_without_exactly_one_member_is_rejected(
    server: Provider, tmp_path: Path, archive: bytes, expected: str
) -> None:
    dataset = http_dataset(server.does("/t", gives(archive, "application/zip")), member="*.csv")
    assert rule(fetch_one(tmp_path, dataset)) == expected


def test_only_the_requested_datasets_are_fetched(server: Provider, tmp_path: Path) -> None:
    dataset = http_dataset(server.does("/t", gives(TABLE)))
    assert fetch(catalog(dataset), tmp_path, ["irpef"], pace=tmp_path / "pace", limits=QUICK) == ()
    assert server.requests == []
