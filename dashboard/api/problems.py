"""Problems of the API: what is wrong with a request, as `application/problem+json` (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse

from warehouse.messages import LANGUAGES, text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from fastapi import FastAPI, Request

    from warehouse.config import Config

MEDIA_TYPE = "application/problem+json"
MOST_OF_A_VALUE = 80  # characters of a wrong value that are repeated


class Problem(Exception):  # noqa: N818  # RFC 9457 calls it a problem, not an error
    """A request that cannot be answered: its status, and what is wrong in a language."""

    def __init__(self, status: HTTPStatus, write: Callable[[str], str]) -> None:
        """Take the status and the function that writes the text."""
        super().__init__(status.phrase)
        self.status = status
        self.write = write


class Moved(Exception):  # noqa: N818  # an address, not an error
    """A request about a page whose path is another one."""

    def __init__(self, path: str, canonical: str) -> None:
        """Take the path that the address has, and the one that it should have."""
        super().__init__(path)
        self.path, self.canonical = path, canonical


def problem(status: HTTPStatus, key: str, **values: object) -> Problem:
    """Return a problem with a text of `problems.yaml`."""
    short = {name: str(value)[:MOST_OF_A_VALUE] for name, value in values.items()}
    return Problem(status, lambda language: text("problems", key, language, **short))


def add_handlers(server: FastAPI, config: Config) -> None:
    """Answer wrong parameters and problems of the routes in the language that is requested."""

    @server.exception_handler(Problem)
    def report(request: Request, error: Problem) -> JSONResponse:
        return document(error.status, error.write(_language(request, config)), request.url.path)

    @server.exception_handler(Moved)
    def lead_on(request: Request, error: Moved) -> RedirectResponse:
        address = request.url.path.replace(error.path, error.canonical)
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(config.server.prefix + address + query, 308)

    @server.exception_handler(RequestValidationError)
    def wrong_parameter(request: Request, error: RequestValidationError) -> JSONResponse:
        wrong = [_parameter(entry, _language(request, config)) for entry in error.errors()]
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        detail = " ".join(entry["detail"] for entry in wrong)
        return document(status, detail, request.url.path, errors=wrong)


def document(
    status: HTTPStatus, detail: str, path: str, **more: list[dict[str, str]]
) -> JSONResponse:
    """Return a problem as a response; `more` are members of its document."""
    content = {"title": status.phrase, "status": status, "detail": detail, "instance": path, **more}
    return JSONResponse(content, status, media_type=MEDIA_TYPE)


def _parameter(entry: Mapping[str, Any], language: str) -> dict[str, str]:
    """Return a wrong parameter by name, with what is wrong."""
    kind = entry["type"] if entry["type"] in {"extra_forbidden", "missing"} else "wrong"
    allowed = str((entry.get("ctx") or {}).get("expected", "")).replace(" or ", ", ")
    if kind == "wrong" and not allowed:
        kind = "wrong_form"
    name = str(entry["loc"][-1])[:MOST_OF_A_VALUE]
    value = str(entry.get("input"))[:MOST_OF_A_VALUE]
    detail = text("problems", kind, language, name=name, value=value, allowed=allowed)
    return {"parameter": name, "detail": detail}


def _language(request: Request, config: Config) -> str:
    language = request.query_params.get("lang")
    return language if language in LANGUAGES else config.language
