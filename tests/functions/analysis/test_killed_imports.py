"""An import that is killed at any of its writes is finished, and nothing of it is written twice."""

import pytest

from stockwarden.core.deadline import Deadline, Postponed
from stockwarden.imports import job, plan
from stockwarden.imports.roll_forward import RollForward
from sweep import app
from tests.functions.analysis.crashes import Killed, killed_at, points_to_try
from tests.functions.catalog.conftest import MANAGER
from tests.functions.catalog.importing import HEADER, _member, post, state, table
from tests.support.gateway import Context
from tests.support.reports import announce_all, deliver, drain, queued, send

__all__ = ["_member"]
ROWS = [
    ("A-1", "Flour", None, "kg", 5, "A-01", "L-1", "2027-01-31", None),
    ("A-1", None, None, None, 2, "A-02", None, None, None),
    ("A-2", "Oil", None, "l", 3, "A-01", None, None, None),
    ("A-3", "Nuts", None, None, None, None, None, None, None),
]
# What is there before: the import counts and renames it.
OLD = ("Z-1", "Salt", None, "kg", 9, "A-01", None, None, None)
COUNTED = ("Z-1", "Sea salt", None, None, 4, "A-01", None, None, None)


def sweep():
    return app.handler({"task": "jobs"}, Context())


def ask(method, path, **options):
    return send(method, path, caller=MANAGER, **options)


def sent(*rows):
    """Sends a file; the id of its import, and the event of its arrival."""
    answer = post(table(*rows, header=HEADER))
    assert answer.status == 201, answer.body
    queued()
    import_id = answer.json["id"]
    (event,) = announce_all(f"uploads/items/{import_id}/")
    return import_id, event


def stock():
    """{SKU: (name, quantity, number of movements)} of all items."""
    items = ask("GET", "/items?status=active").json["items"]
    return {
        item["sku"]: (
            item["name"],
            item["quantity"],
            len(ask("GET", f"/items/{item['id']}/movements").json["movements"]),
        )
        for item in items
    }


def clear():
    """Puts the items of an earlier import out of the way."""
    for item in ask("GET", "/items?status=active").json["items"]:
        path = f"/items/{item['id']}"
        changed = ask(
            "PATCH",
            path,
            json={"sku": f"OLD-{item['id']}", "status": "archived"},
            headers={"If-Match": "*"},
        )
        assert changed.status == 200, changed.body


@pytest.fixture(autouse=True)
def _small_steps(monkeypatch):
    """A step for each item, so that there are several, and a report after each."""
    monkeypatch.setattr(plan, "ROOM", 14)
    monkeypatch.setattr(job, "_REPORTED_EVERY", 0)


def test_an_import_killed_at_any_write_is_finished_and_writes_everything_once(clock):
    def prepare():
        clear()
        _, event = sent(OLD)
        assert deliver(event) == []
        assert drain() == []
        return sent(*ROWS, COUNTED)

    expected = {
        "A-1": ("Flour", 7, 2), "A-2": ("Oil", 3, 1), "A-3": ("Nuts", 0, 0),
        "Z-1": ("Sea salt", 4, 2),
    }  # fmt: skip
    import_id, event = prepare()
    points = points_to_try(lambda: deliver(event))
    assert points[-1] >= 14
    result = state(import_id)["result"]
    assert result == {"created": 3, "changed": 1, "unchanged": 0, "movements": 4, "skipped": 0}
    for point in points:
        import_id, event = prepare()
        with killed_at(point), pytest.raises(Killed):
            deliver(event)
        clock(minutes=4)
        # What S3 has not been told to be received comes again.
        assert deliver(event) == []
        sweep()
        assert drain() == []
        told = state(import_id)
        assert told["status"] == "done", (point, told)
        assert told["result"] == result, point
        assert stock() == expected, f"killed at write {point}"
        assert deliver(event) == []
        assert stock() == expected


def test_an_import_that_kills_its_worker_is_given_up_and_may_go_on(clock, monkeypatch):
    import_id, event = sent(*ROWS)
    with monkeypatch.context() as patch:

        def die(*_args, **_kwargs):
            raise Killed("writing")

        patch.setattr(RollForward, "write", die)
        for _ in range(6):
            with pytest.raises(Killed):
                deliver(event)
            clock(minutes=1)
        assert deliver(event) == []
    failed = state(import_id)
    assert failed["status"] == "failed"
    assert "interrupted" in failed["reason"]
    assert ask("PUT", f"/items/imports/{import_id}", json={}).status == 202
    assert drain() == []
    assert state(import_id)["result"]["created"] == 3


def test_an_import_that_takes_long_continues_with_another_message(clock, monkeypatch):
    checks = []

    def check(_deadline):
        checks.append(1)
        if len(checks) % 2 == 0:
            raise Postponed

    monkeypatch.setattr(Deadline, "check", check)
    import_id, event = sent(*ROWS)
    assert deliver(event) == []
    seen = set()
    for _ in range(6):
        seen.add(state(import_id)["status"])
        assert drain() == []
    assert seen >= {"importing", "done"}
    assert state(import_id)["result"]["created"] == 3
    assert stock()["A-1"] == ("Flour", 7, 2)
