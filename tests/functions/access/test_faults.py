"""Every route of accounts and administration, with one fault in each of its AWS calls.

What is stored afterwards is as before the request or as after it, and the answer is honest: who is
told that it is done finds it done, and who is told that it failed may send it again.
"""

import json
import re
from collections import Counter
from functools import partial

import pytest

from stockwarden.http.paths import BASE_PATH
from tests.functions.access.account_routes import ROUTES, Company, Route, ask, company, start_over
from tests.support.faults import State, calls_of, fault_at, faults_of, state
from tests.support.mailbox import APP_URL, SENDER
from tests.support.problems import problem
from tools.template import routes

TOLD = {
    "verify-email",
    "password-changed",
    "email-changed",
    "second-factor-on",
    "second-factor-off",
    "account-closed",
}
WITHDRAWN = {
    "invitation.made": "invitation.withdrawn",
    "audit_log.exported": "audit_log.export_withdrawn",
}
# They read one item, or nothing.
APART = {("GET", "/health"), ("GET", "/health/ready")}


@pytest.fixture(autouse=True)
def there(monkeypatch: pytest.MonkeyPatch) -> Company:
    monkeypatch.setenv("MAIL_SENDER", SENDER)
    monkeypatch.setenv("APP_URL", APP_URL)
    return company()


def pattern(path: str) -> str:
    """The path of a route, whatever its parameters are called or filled with."""
    path = path.partition("?")[0].removeprefix(BASE_PATH)
    return re.sub(r"{\w+}|(?<=/users/)(ana|root|second)\b|(?<=/views/)\w+", "*", path)


def test_every_route_of_accounts_and_administration_is_tried() -> None:
    there_are = {
        (method, pattern(path))
        for (method, path), (function, _) in routes().items()
        if function in {"AuthFunction", "AdminFunction"}
    }
    assert {(route.method, pattern(route.path)) for route in ROUTES} == there_are - APART


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_a_fault_leaves_all_or_nothing(there: Company, route: Route) -> None:
    start_over(there)
    before = state()
    send = partial(ask, there, route)
    answer, names = calls_of(send)
    assert answer.status == route.status, answer.body
    after = state()
    # Mails that tell of a change are ordered once it is made, and nothing fails for want of them.
    done = (after, untold(before, after))
    undone = (
        before,
        given_up(before, after),
        given_up(before, after, ordered=True),
        ordered(before, after),
    )
    faults = list(faults_of(names))
    assert faults
    for position, fault in faults:
        start_over(there)
        with fault_at(position, fault):
            answer = send()
        left = state()
        what = f"call {position} of {names} {fault.value}: {answer.status} {answer.body}"
        assert left in (*done, *undone), (what, left - after, after - left)
        if answer.status == route.status:
            assert left in done, what
        else:
            assert int(answer.headers.get("retry-after", 0)) >= 1, what
            problem(answer, 503)


def untold(before: State, after: State) -> State:
    new = (after - before).elements()
    return after - Counter(
        text for text in new if any(f'"mail": "{mail}"' in text for mail in TOLD)
    )


def ordered(before: State, after: State) -> State:
    """The removal of an account is ordered before it is closed, and finds one that is open."""
    return before + Counter(text for text in after - before if '"account-removal"' in text)


def given_up(before: State, after: State, *, ordered: bool = False) -> State:
    """Of an invitation or an export that was made and withdrawn, since the queue did not answer,
    the log tells both. A mail or a job that was ordered all the same finds nothing to do."""
    new = (after - before).elements()
    made = [text for text in new if any(f'"action": "{action}"' in text for action in WITHDRAWN)]
    orders = [text for text in after - before if ordered and text.startswith("queue")]
    return before + Counter([*made, *map(withdrawal, made), *orders])


def withdrawal(made: str) -> str:
    """The entry, as `state` has it, of what was made by this one."""
    table, _, text = made.partition(" ")
    entry = json.loads(text)
    changes = {name: [after, before] for name, (before, after) in entry["changes"].items()}
    if entry["action"] == "invitation.made":
        changes = {"withdrawn": [False, True]}
    entry |= {"action": WITHDRAWN[entry["action"]], "changes": changes}
    return f"{table} {json.dumps(entry, sort_keys=True, ensure_ascii=False)}"
