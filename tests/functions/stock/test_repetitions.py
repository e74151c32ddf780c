"""Repeated requests: one movement, one answer, also where the first answer was lost or forgotten.

`faults_of` tries each AWS call of a request; here also what is stored of the answer is forgotten,
as it is after a day.
"""

import pytest

from stockwarden.bootstrap import stores
from stockwarden.storage import clients
from tests.support.faults import calls_of, fault_at, faults_of, state
from tests.support.problems import problem
from tests.support.saved import restore, save


def forget_answers():
    client, name = clients.dynamodb(), stores.settings().idempotency_table
    for item in client.scan(TableName=name)["Items"]:
        client.delete_item(TableName=name, Key={"id": item["id"]})


@pytest.fixture
def routes(ask, hall, flour, moved):
    """By name: a request that moves stock, with one key."""
    # What orders ship is of another receipt, so that the first can be reversed.
    moved("receipt", 10)
    receipt = moved("receipt", 100)
    place = {"item_id": flour, "warehouse_id": hall}
    count = ask("POST", "/counts", json={"lines": [place]}).json
    reserved = ask("POST", "/reservations", json={**place, "quantity": 2}).json
    issue = {**place, "kind": "issue", "quantity": 1}
    requests = {
        "movement": ("/movements", issue),
        "lines": ("/movements", {"lines": [issue, issue]}),
        "reversal": (f"/movements/{receipt['id']}/reversal", {}),
        "count": ("/counts", {"lines": [{**place, "location": "A"}], "note": "x"}),
        "posted count": (f"/counts/{count['id']}/post", {"lines": [{"line": 1, "quantity": 90}]}),
        "reservation": ("/reservations", {**place, "quantity": 1}),
        "posted reservation": (f"/reservations/{reserved['id']}/post", None),
        **order_requests(ask, hall, flour),
    }

    def send(name, key="once", **change):
        path, body = requests[name]
        sent = {**body, **change} if change else body
        return ask("POST", path, json=sent, key=key)

    return send


def order_requests(ask, hall, flour):
    """A sale that is placed, and others of which something is shipped, returned or cancelled."""
    body = {"type": "sales", "customer": "Bakery", "warehouse_id": hall}
    lines, one = [{"item_id": flour, "quantity": 5}], {"line_id": "0001", "quantity": 1}

    def path(*steps):
        made = ask("POST", "/orders", json={**body, "lines": lines}).json
        for step in steps:
            moved = {"lines": [one]} if step == "ship" else None
            answer = ask("POST", f"/orders/{made['id']}/{step}", json=moved)
            assert answer.status == 200, answer.body
        return f"/orders/{made['id']}"

    return {
        "placed order": (f"{path()}/place", None),
        "shipped order": (f"{path('place')}/ship", {"lines": [one]}),
        "returned order": (f"{path('place', 'ship')}/return", {}),
        "cancelled order": (f"{path('place', 'ship')}/cancel", None),
    }


NAMES = [
    "movement",
    "lines",
    "reversal",
    "count",
    "posted count",
    "reservation",
    "posted reservation",
    "placed order",
    "shipped order",
    "returned order",
    "cancelled order",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_repetition_is_answered_as_the_first_was(routes, movements, name):
    first = routes(name)
    assert first.status in {200, 201}, first.body
    count = len(movements())
    again = routes(name)
    assert (again.status, again.json) == (first.status, first.json)
    assert again.headers["idempotent-replayed"] == "true"
    forget_answers()
    again = routes(name)
    assert (again.status, again.json) == (first.status, first.json)
    assert "idempotent-replayed" not in again.headers
    assert len(movements()) == count


@pytest.mark.parametrize("name", ["movement", "lines", "reservation", "count"])
def test_a_key_is_for_one_request(routes, movements, name):
    change = {"lines": [{"item_id": "item_1", "warehouse_id": "w"}], "note": "other"}
    if name in {"movement", "reservation"}:
        change = {"quantity": 3}
    routes(name)
    count = len(movements())
    assert routes(name, **change).status in {404, 422}
    forget_answers()
    assert routes(name, **change).status in {404, 422}
    assert len(movements()) == count


def test_another_quantity_with_the_key_is_refused(routes):
    routes("movement")
    assert "Idempotency-Key" in problem(routes("movement", quantity=2), 422)["detail"]
    forget_answers()
    assert "Idempotency-Key" in problem(routes("movement", quantity=2), 422)["detail"]


@pytest.mark.parametrize("name", NAMES)
def test_a_lost_answer_moves_once(routes, quantity, name):
    """The fault is in every call in turn: what is stored is as before the request or as after it.
    The client sends the request again until it succeeds."""
    saved, before = save(), state()
    answer, names = calls_of(lambda: routes(name))
    assert answer.status in {200, 201}, answer.body
    after, expected = state(), quantity()
    lost = 0
    for position, fault in faults_of(names):
        restore(saved)
        with fault_at(position, fault):
            first = routes(name)
        lost += first.status >= 500
        assert state() in (before, after), (names[position], fault)
        forget_answers()
        again = routes(name)
        assert again.status == answer.status, (names[position], fault, again.body)
        if first.status < 300:
            assert again.json == first.json
        assert state() == after, (names[position], fault)
        assert quantity() == expected
    assert lost
