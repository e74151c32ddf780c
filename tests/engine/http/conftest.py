"""A small API with one route of every kind that the conventions treat differently."""

import io
import json
from collections.abc import Callable
from typing import Annotated, Any

import pytest
from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.depends import Depends
from aws_lambda_powertools.event_handler.openapi.params import File, Form, Query, UploadFile
from pydantic import BaseModel, Field

from stockwarden.core.config import Settings
from stockwarden.core.errors import PreconditionFailed
from stockwarden.http.api import create_api, entry_point
from stockwarden.http.api import logger as api_logger
from stockwarden.http.caller import ClientAddress, CurrentCaller, IfMatch
from stockwarden.http.idempotency import IdempotencyKey
from stockwarden.http.pages import Cursor, Limit
from stockwarden.http.paths import MULTIPART
from stockwarden.http.problems import may_answer

router = Router()


class Part(BaseModel):
    size: int


class Thing(BaseModel):
    name: str = Field(min_length=2)
    parts: dict[str, Part] = {}


class Stored(BaseModel):
    name: str
    version: int


@router.get("/things", tags=["Things"], summary="All things")
def list_things(
    limit: Limit = 20, cursor: Cursor = None, tag: Annotated[list[str] | None, Query()] = None
) -> dict[str, Any]:
    return {"limit": limit, "cursor": cursor, "tag": tag}


@router.post(
    "/things",
    status_code=201,
    tags=["Things"],
    summary="One more thing",
    openapi_extensions=may_answer(409),
)
def create_thing(thing: Thing, caller: CurrentCaller) -> Stored:
    """Makes a thing."""
    return Stored(name=f"{thing.name} of {caller.username}", version=3)


@router.post("/things" + MULTIPART, status_code=201, tags=["Things"], summary="A thing as a file")
def upload_thing(
    file: Annotated[UploadFile, File()], caller: CurrentCaller, note: Annotated[str, Form()] = ""
) -> Stored:
    return Stored(name=f"{len(file.content)} {note} {caller.username}", version=1)


@router.put("/things/<thing_id>", tags=["Things"], summary="Another thing")
def change_thing(thing_id: str, thing: Thing, if_match: IfMatch = None) -> dict[str, Any]:
    return {"id": thing_id, "name": thing.name, "if_match": if_match}


@router.delete("/things/<thing_id>", status_code=204, tags=["Things"], summary="No thing")
def delete_thing(thing_id: str) -> None:
    return None


@router.post("/movements", status_code=201, tags=["Things"], summary="A movement")
def create_movement(thing: Thing, key: IdempotencyKey) -> dict[str, Any]:
    return {"name": thing.name, "key": key}


@router.get("/movements/<movement_id>", tags=["Things"], summary="One movement")
def get_movement(movement_id: str) -> Stored:
    return Stored(name=MOVEMENT_NAMES[-1], version=len(MOVEMENT_NAMES))


@router.patch("/movements/<movement_id>", tags=["Things"], summary="Another movement")
def change_movement(movement_id: str, thing: Thing, if_match: IfMatch) -> Stored:
    if if_match not in {None, len(MOVEMENT_NAMES)}:
        raise PreconditionFailed("It has changed.")
    MOVEMENT_NAMES.append(thing.name)
    return get_movement(movement_id)


@router.post("/movements/<movement_id>/lines", tags=["Things"], summary="A line of it")
def add_line(movement_id: str, if_match: IfMatch = None) -> None:
    raise PreconditionFailed("It has changed.")


@router.get("/address", tags=["Things"], summary="Where from")
def address(address: ClientAddress) -> dict[str, str]:
    return {"address": address}


RAISED: list[Exception] = []
MOVEMENT_NAMES = ["first"]


def _inner() -> str:
    raise RAISED[0]


def _outer(inner: Annotated[str, Depends(_inner)]) -> str:
    return inner


@router.get("/raise", tags=["Things"], summary="An error")
def raise_it() -> Stored:
    raise RAISED[0]


@router.get("/raise-in-dependency", tags=["Things"], summary="An error, two levels down")
def raise_below(value: Annotated[str, Depends(_outer)]) -> Stored:
    return Stored(name=value, version=1)


@router.get("/wrong-answer", tags=["Things"], summary="Not what it says")
def wrong_answer() -> Stored:
    return {"name": "secret"}  # type: ignore[return-value]


@pytest.fixture
def raised():
    """A list; /raise raises the error that a test puts into it."""
    RAISED.clear()
    yield RAISED
    RAISED.clear()


@pytest.fixture
def movement():
    """The path of a resource whose first change makes version 2."""
    del MOVEMENT_NAMES[1:]
    return "/movements/7"


@pytest.fixture(scope="session")
def api():
    return create_api(Settings(), router)


@pytest.fixture(scope="session")
def handler(api):
    return entry_point(api)


@pytest.fixture
def handler_with():
    """Builds a handler with other settings."""
    return lambda **settings: entry_point(create_api(Settings(**settings), router))


@pytest.fixture
def logged() -> Callable[[], list[dict[str, Any]]]:
    """Reads the structured log; Powertools keeps the stream that it found at import."""
    stream = io.StringIO()
    before = api_logger.registered_handler.setStream(stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    api_logger.registered_handler.setStream(before)
