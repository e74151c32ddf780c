"""Every writing route of docs/openapi.json leaves its entry in the audit log, and only then."""

import json
from collections import defaultdict

import pytest

from stockwarden.audit.entry import Entry
from stockwarden.bootstrap import repositories
from stockwarden.identity.access import Caller
from tests.functions.access.audited import BODIES, IN_WAREHOUSE, Expected
from tests.functions.access.decisions import CALLERS, DECISIONS, Decision
from tests.functions.access.sharing_scenario import ask, world
from tests.support.audit_entries import entries_of
from tests.support.gateway import ADMIN, Response

ADDRESS = "203.0.113.7"


def pairs() -> list[tuple[Decision, Expected]]:
    decisions: dict[tuple[str, str], list[Decision]] = defaultdict(list)
    for decision in DECISIONS:
        decisions[decision.route].append(decision)
    return [
        pair
        for route, expected in IN_WAREHOUSE.items()
        for pair in zip(decisions[route], expected, strict=True)
    ]


def filled(text: str, ids: dict[str, str]) -> str:
    for name, value in ids.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def check(
    left: list[Entry], expected: Expected, answer: Response, caller: Caller, ids: dict[str, str]
) -> None:
    (entry,) = left
    assert (entry.action, entry.scope) == (expected.action, filled(expected.scope, ids))
    about = filled(expected.object, ids)
    assert entry.object.startswith(about) if about.endswith("/") else entry.object == about
    assert (entry.actor, entry.via) == (caller.user_id, caller.session_id)
    assert (entry.source, entry.request_id) == (ADDRESS, answer.headers["x-request-id"])
    assert expected.fields <= entry.changes.keys()
    assert all(before != after for before, after in entry.changes.values())
    assert entry.omitted is None
    assert names_nobody(entry)


def names_nobody(entry: Entry) -> bool:
    names = {*(caller.username for caller in CALLERS.values()), "nina", ADMIN.username}
    texts = json.dumps([entry.object, entry.actor, entry.changes])
    return not any(f'"{name}"' in texts or f"/{name}" in texts for name in names)


@pytest.mark.parametrize(
    ("decision", "expected"),
    pairs(),
    ids=lambda value: f"{value.method} {value.path}" if isinstance(value, Decision) else "",
)
def test_a_change_leaves_its_entry_and_a_refused_one_none(
    decision: Decision, expected: Expected
) -> None:
    ids = scenario()
    body = BODIES.get(decision.route, decision.body)

    def send(caller: Caller | None) -> Response:
        return ask(decision.method, decision.path, body, caller, ids)

    for role, caller in CALLERS.items():
        if role < decision.least:
            refused, left = entries_of(lambda caller=caller: send(caller))
            assert not left, (role, refused.body)
    assert entries_of(lambda: send(None))[1] == []
    caller = CALLERS[decision.least]
    answer, left = entries_of(lambda: send(caller))
    assert answer.status == decision.status, answer.body
    check(left, expected, answer, caller, ids)


def scenario() -> dict[str, str]:
    ids = world()
    user = repositories.user_repository().find("nina")
    assert user
    return ids | {"nina": user.user_id}
