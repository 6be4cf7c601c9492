"""The layers around the pages, each on a small application: who is let in, what is sent back."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

import pytest
from fastapi import FastAPI, Request, Response
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from dashboard.server.access import check_access
from dashboard.server.door import BURST_SECONDS, Rate
from dashboard.server.log import JsonLine, PlainLine
from dashboard.server.metrics import SHARED_FOLDER, Metrics
from dashboard.server.stack import surround
from warehouse.config import Server
from warehouse.errors import CatalogError

if TYPE_CHECKING:
    from pathlib import Path

PROXY, READER = "192.0.2.1", "203.0.113.7"


def small(
    client: str = "127.0.0.1", releases: list[str] | None = None, **settings: object
) -> TestClient:
    """Return a client, at the address `client`, of an application that answers what it is asked."""
    server = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    server.state.drawn = 0

    @server.get("/api/{path:path}")
    def draw(path: str) -> Response:
        server.state.drawn += 1
        return Response(f"drawn {path}", media_type="text/csv")

    @server.get("/{path:path}")
    def echo(request: Request, path: str) -> dict[str, object]:
        return {
            "path": f"/{path}",
            "scheme": request.url.scheme,
            "host": request.headers.get("host"),
            "client": request.client.host if request.client else None,
            "encodings": request.headers.get("accept-encoding"),
        }

    moves = iter(releases or [])
    surround(
        server,
        Server.model_validate(settings),
        Metrics(),
        version=lambda: next(moves, "r1"),
    )
    return TestClient(server, client=(client, 5000), base_url="http://127.0.0.1")


FORWARDED = {
    "X-Forwarded-For": f"198.51.100.9, {READER}",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "cruscotto.example.it",
}


def test_a_named_proxy_is_believed_and_nobody_else() -> None:
    answer = small(PROXY, access="public", proxies=[PROXY]).get("/", headers=FORWARDED).json()
    assert (answer["client"], answer["scheme"]) == (READER, "https")
    assert answer["host"] == "cruscotto.example.it"
    answer = small(PROXY, access="public", proxies=["10.0.0.0/8"]).get("/", headers=FORWARDED)
    assert (answer.json()["client"], answer.json()["scheme"]) == (PROXY, "http")
    assert answer.json()["host"] == "127.0.0.1"


def test_the_client_is_the_last_address_that_is_not_a_proxy() -> None:
    client = small(PROXY, access="public", proxies=[PROXY, "10.0.0.0/8"])
    chain = f"6.6.6.6, {READER}, 10.0.0.3"  # the first is what the reader claims
    assert client.get("/", headers={"X-Forwarded-For": chain}).json()["client"] == READER


def test_local_access_answers_this_machine_only() -> None:
    assert small("127.0.0.1").get("/").status_code == 200
    assert small("::1").get("/").status_code == 200
    assert small(READER).get("/").status_code == 403
    assert small(READER, access="public").get("/").status_code == 200


def test_who_goes_round_the_authenticating_proxy_is_refused() -> None:
    settings: dict[str, Any] = {"access": "proxy", "proxies": [PROXY]}
    assert small(PROXY, **settings).get("/", headers=FORWARDED).status_code == 200
    assert small(READER, **settings).get("/", headers=FORWARDED).status_code == 403
    assert small("127.0.0.1", **settings).get("/").status_code == 403
    assert small("127.0.0.1", **settings).get("/health/live").status_code == 200


def test_only_the_allowed_hosts_are_answered() -> None:
    client = small(READER, access="public", hosts=["Cruscotto.example.it"])
    statuses = {
        host: client.get("/", headers={"Host": host}).status_code
        for host in ("cruscotto.example.it", "CRUSCOTTO.example.it:8443", "evil.example", "")
    }
    assert list(statuses.values()) == [200, 200, 421, 421]
    assert client.get("/", headers={"Host": "[::1]:8050"}).status_code == 200  # the health check


@pytest.mark.parametrize("path", ["/cruscotto/dati", "/dati"])
def test_the_prefix_may_come_or_not(path: str) -> None:
    assert small(prefix="/cruscotto").get(path).json()["path"] == "/dati"
    assert small(prefix="/cruscotto").get("/cruscottone").json()["path"] == "/cruscottone"
    assert small(prefix="/cruscotto").get("/cruscotto").json()["path"] == "/"


def test_a_client_that_asks_too_much_waits_and_the_others_do_not() -> None:
    client = small(READER, access="public", rate=2)
    statuses = [client.get("/").status_code for _ in range(2 * BURST_SECONDS + 3)]
    assert statuses.count(429) >= 2
    assert client.get("/").headers["retry-after"] == "1"
    rate = Rate(1)
    assert [rate.wait("a") for _ in range(BURST_SECONDS + 1)] == [0] * BURST_SECONDS + [1]
    assert rate.wait("b") == 0
    assert [Rate(0).wait("a") for _ in range(1_000)] == [0] * 1_000
    assert all(small().get("/").status_code == 200 for _ in range(3))


def test_the_clients_that_are_counted_are_few() -> None:
    rate = Rate(1)
    for number in range(30_000):
        rate.wait(str(number))
    assert len(rate._tokens) == 10_000  # noqa: SLF001  # what memory it takes


def test_every_answer_has_the_headers_of_security() -> None:
    for path, status in (("/", 200), ("/?" + "x" * 5_000, 414)):
        answer = small().get(path)
        assert answer.status_code == status
        policy = answer.headers["content-security-policy"]
        scripts = next(r for r in policy.split("; ") if r.startswith("script-src"))
        assert scripts == "script-src 'self'"
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert "camera=()" in answer.headers["permissions-policy"]
        assert "strict-transport-security" not in answer.headers
        assert "server" not in answer.headers
    framed = small(frame_ancestors=["https://www.cittametropolitana.mi.it"]).get("/")
    policy = framed.headers["content-security-policy"]
    assert policy.endswith("frame-ancestors https://www.cittametropolitana.mi.it")
    behind_tls = small(PROXY, access="public", proxies=[PROXY]).get("/", headers=FORWARDED)
    assert behind_tls.headers["strict-transport-security"] == "max-age=31536000"


def test_an_answer_of_the_release_is_not_drawn_again() -> None:
    client = small()
    first = client.get("/api/a.csv?x=1")
    tag = first.headers["etag"]
    again = client.get("/api/a.csv?x=1", headers={"If-None-Match": f'"other", W/{tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert client.app.state.drawn == 1  # type: ignore[attr-defined]  # FastAPI's
    assert client.get("/api/a.csv?x=2", headers={"If-None-Match": tag}).status_code == 200


def test_an_answer_during_a_publish_has_no_tag() -> None:
    client = small(releases=["r1", "r2", "r2", "r2", "r2"])
    assert "etag" not in client.get("/api/a.csv").headers
    assert client.get("/api/a.csv").headers["etag"]


def test_other_answers_are_known_by_their_bytes() -> None:
    client = small()
    first = client.get("/dati")
    assert first.headers["cache-control"] == "no-cache"
    again = client.get("/dati", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "content-type" not in again.headers
    assert client.get("/piano", headers={"If-None-Match": first.headers["etag"]}).status_code == 200


def test_head_is_get_without_the_body() -> None:
    client = small()
    for path in ("/dati", "/api/a.csv"):
        full, head = client.get(path), client.head(path)
        assert (head.status_code, head.content) == (200, b"")
        assert int(head.headers["content-length"]) == len(full.content)
        assert head.headers["etag"] == full.headers["etag"]


def test_an_encoding_that_is_refused_is_not_sent() -> None:
    for sent, meant in {
        "br;q=0, gzip": "gzip",
        "gzip, br; q=0.000": "gzip",
        "br;q=0.5, *;q=0": "br;q=0.5",
        "identity": "identity",
    }.items():
        assert small().get("/", headers={"Accept-Encoding": sent}).json()["encodings"] == meant


def test_a_websocket_is_refused() -> None:
    with pytest.raises(WebSocketDisconnect), small().websocket_connect("/"):
        pass


def test_every_answer_is_logged_with_the_id_it_carries(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "dashboard.access")
    answer = small(PROXY, access="public", proxies=[PROXY]).get(
        "/dati?lang=en", headers={**FORWARDED, "X-Request-ID": "proxy-id-0001"}
    )
    assert answer.headers["x-request-id"] == "proxy-id-0001"
    fields = caplog.records[-1].__dict__["fields"]
    assert (fields["client"], fields["address"]) == (READER, "/dati?lang=en")
    for proposal in ("proxy-id-0001", "a\nb"):  # nobody else may choose an id
        small().get("/", headers={"X-Request-ID": proposal.replace("\n", " ")})
        assert small().get("/").headers["x-request-id"] != proposal


def test_a_line_of_the_log_is_a_line_whatever_a_request_puts_in_it() -> None:
    fields = {"address": "/a\nb\r\u2028 c", "status": 404}
    record = logging.LogRecord("dashboard.access", logging.WARNING, "", 0, "refused", (), None)
    record.__dict__["fields"] = fields
    assert json.loads(JsonLine().format(record))["address"] == fields["address"]
    for line in (JsonLine().format(record), PlainLine().format(record)):
        assert len(line.splitlines()) == 1


def test_the_counters_of_all_workers_are_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SHARED_FOLDER, str(tmp_path))
    other = '{"cruscotto_requests_total{kind=\\"page\\",method=\\"GET\\",status=\\"200\\"}": 4}'
    (tmp_path / "1.json").write_text(other, encoding="utf-8")  # a worker that was killed
    metrics = Metrics()
    metrics.count("/dati", "GET", 200, 0.02)
    metrics.count("/api/indicators", "XYZ", 405, 20.0)
    text = metrics.text({"cruscotto_ready": 1.0})
    assert 'cruscotto_requests_total{kind="page",method="GET",status="200"} 5' in text
    assert 'cruscotto_requests_total{kind="api",method="other",status="405"} 1' in text
    assert 'cruscotto_request_seconds_bucket{kind="page",le="0.025"} 1' in text
    assert 'cruscotto_request_seconds_bucket{kind="page",le="0.01"}' not in text
    assert 'cruscotto_request_seconds_bucket{kind="api",le="10.0"}' not in text
    assert 'cruscotto_request_seconds_bucket{kind="api",le="+Inf"} 1' in text
    assert "# TYPE cruscotto_request_seconds histogram" in text


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        ({"host": "0.0.0.0"}, "server.access"),  # noqa: S104  # what is refused
        ({"host": "192.0.2.7"}, "server.access"),
        ({"host": "::"}, "server.access"),
        ({"access": "proxy"}, "server.proxies"),
        ({"access": "public"}, "server.hosts"),
    ],
)
def test_nobody_is_answered_by_oversight(settings: dict[str, object], key: str) -> None:
    with pytest.raises(CatalogError, match=key):
        check_access(Server.model_validate(settings))


def test_a_configuration_that_names_its_readers_is_served() -> None:
    check_access(Server())
    check_access(Server(host="localhost"))
    check_access(Server(host="0.0.0.0", access="public", hosts=("x.example",)))  # noqa: S104
    settings = {"host": "10.0.0.1", "access": "proxy", "proxies": [PROXY]}
    check_access(Server.model_validate(settings))
