"""Every id that alice has, in every place of every route that takes one, sent by a stranger.

Whatever kind of thing the id is of: the answer is a refusal that tells nothing of it, and nothing
of alice's changes.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from stockwarden.bootstrap import repositories, stores
from stockwarden.identity.sessions import SessionRepository
from stockwarden.notifications.kinds import NotificationKind
from tests.functions.access.decisions import (
    COMPANY,
    DECISIONS,
    EVERYBODY,
    OWN_ACCOUNT,
    PERSONAL,
)
from tests.functions.access.sharing_scenario import ask, world
from tests.support.faults import State, state
from tests.support.gateway import ADMIN, OTHER, USER
from tests.support.openapi import DOCUMENT
from tests.support.reports import drain

MAPPING = {"column_mapping": {"Pallet ID": "pallet_id", "Location": "location"}}
_PLACE = re.compile(r"{(\w+)}")
# What a path may name that is nobody's own, as the code of a rule.
NOBODYS = {"code", "unit_code", "lot"}
# These take any name or id, and are about the caller's own.
OF_THE_CALLER = {("PUT", "/users/me/views/{name}"), ("POST", "/users/me/notifications/read")}


def routes() -> Iterator[tuple[str, str, Any]]:
    """(method, path, body), with a name in braces in every place that takes an id."""
    for decision in DECISIONS:
        yield decision.method, decision.path, decision.body
    for (method, path), body in (EVERYBODY | OWN_ACCOUNT).items():
        yield method, path, body
    for (method, path), (_, body) in COMPANY.items():
        yield method, path, body
    for method, path in sorted(PERSONAL):
        yield method, path, MAPPING if method == "PUT" else None
    # Filters, and ids in bodies, that the tables above do not need.
    for path in ("/reports", "/anomalies", "/rules", "/suppressions", "/audit-logs"):
        yield "GET", f"{path}?warehouse_id={{warehouse_id}}", None
    yield "GET", "/mappings?username={username}", None
    yield "GET", "/report-logs?report_id={report_id}", None
    yield "POST", "/users/me/notifications/read", {"ids": ["{notification_id}"]}
    yield "POST", "/reports", {"filename": "stock.csv", "warehouse_id": "{warehouse_id}"}
    yield "POST", "/items/imports", {"filename": "a.csv", "warehouse_id": "{warehouse_id}"}


def places(path: str, body: Any) -> set[str]:
    return {*_PLACE.findall(f"{path} {body}")} - NOBODYS


ROUTES = [route for route in routes() if places(route[1], route[2])]


def ids_of_alice() -> dict[str, str]:
    ids = world()
    taught = {
        "column_mapping": {
            "Pallet ID": "pallet_id",
            "Location": "location",
            "Age Hours": "time_in_storage",
        },
        "save_as": "Ours",
    }
    assert ask("PUT", "/reports/{report_id}/mapping", taught, USER, ids).status == 202
    assert drain() == []
    (mapping,) = ask("GET", "/mappings", None, USER).json["mappings"]
    view = EVERYBODY["PUT", "/users/me/views/{name}"]
    assert ask("PUT", "/users/me/views/{name}", view, USER, {"name": "Urgent"}).status == 200
    repositories.notification_repository().add(
        USER.user_id,
        NotificationKind.REPORT_READY,
        "2026-03-02T06:00:00.000Z",
        "1",
        facts={"report_id": ids["report_id"]},
    )
    told = ask("GET", "/users/me/notifications", None, USER).json["notifications"]
    session = SessionRepository(stores.users_table(), timedelta(days=1)).start("alice")
    token = ask("POST", "/users/me/tokens", EVERYBODY["POST", "/users/me/tokens"], USER).json
    invitation = ask("POST", "/invitations", {"email": "new@example.com"}, ADMIN).json
    alice = repositories.user_repository().find("alice")
    assert alice
    return {
        **{name: value for name, value in ids.items() if name not in {*NOBODYS, "pallet_id"}},
        "mapping_id": mapping["id"],
        "session_id": session.session_id,
        "token_id": token["id"],
        "invitation_id": invitation["id"],
        "notification_id": told[0]["id"],
        "name": "Urgent",
        "user_id": alice.user_id,
        "username": "alice",
    }


def kept() -> State:
    """What is stored, but for what a stranger does for himself, as his security events."""
    return State({text: count for text, count in state().items() if "usr_bob" not in text})


@pytest.mark.parametrize(
    ("method", "path", "body"), ROUTES, ids=[f"{method} {path}" for method, path, _ in ROUTES]
)
def test_a_stranger_gets_nowhere_with_any_of_them(method: str, path: str, body: Any) -> None:
    ids = ids_of_alice()
    before = kept()
    for kind, value in ids.items():
        filled = {"code": "stagnant-pallet", "unit_code": "box", "lot": "LOT-0007"} | dict.fromkeys(
            places(path, body), value
        )
        answer = ask(method, path, body, OTHER, filled)
        if (method, path) in OF_THE_CALLER:
            assert answer.status in {200, 204}
        elif answer.status < 300:
            assert empty(answer.json), (kind, answer.body)
        else:
            assert answer.status in {400, 403, 404, 409, 422}, (kind, answer.body)
            assert not reveals(answer.body, ids, value), (kind, answer.body)
    assert kept() == before


def empty(answer: Any) -> bool:
    """Whether an answer lists nothing, or says that nothing was done."""
    lists = [value for value in answer.values() if isinstance(value, list)]
    if "failed" in answer:
        return answer["updated"] == 0 and len(answer["failed"]) <= 1
    return bool(lists) and not any(lists)


def reveals(text: str, ids: dict[str, str], sent: str) -> bool:
    """Whether the answer has another id of hers than the one that was sent, or her name."""
    return any(value in text for value in ids.values() if value != sent and value not in sent)


def test_every_parameter_of_a_path_has_an_id_here() -> None:
    parameters = {name for path in DOCUMENT["paths"] for name in _PLACE.findall(path)}
    assert parameters - NOBODYS <= {name for _, path, body in ROUTES for name in places(path, body)}
