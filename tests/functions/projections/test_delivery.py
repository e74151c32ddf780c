"""What the projections function answers to a stream that repeats, fails and cannot go on."""

import json

import pytest

from projections import app
from stockwarden.bootstrap.projections import progress
from stockwarden.core.errors import Unavailable
from stockwarden.storage import streams
from tests.support.aws import ENVIRONMENT, ROOT
from tests.support.gateway import Context
from tests.support.streams import deliver, event, record

STOCK, CATALOG = ENVIRONMENT["STOCK_TABLE"], ENVIRONMENT["CATALOG_TABLE"]
SAMPLES = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in (ROOT / "events" / "projections").iterdir()
}


def run(what):
    return app.handler(what, Context())


def item(number):
    return {"pk": f"ITEM#item_{number}", "sk": "ITEM", "id": f"item_{number}"}


class Noting:
    """A projection that notes what it takes in, and fails at the items that it is told."""

    def __init__(self):
        self.taken = []
        self.fails = {}

    def apply(self, changes):
        for change in changes:
            name = change.new["id"]
            failure = self.fails.get(name)
            if failure:
                raise failure
            self.taken.append(name)


@pytest.fixture
def noting(_account, monkeypatch):
    projection = Noting()
    monkeypatch.setattr(app, "projections", lambda: (projection,))
    return projection


@pytest.fixture
def _account(aws):
    return aws


def records(numbers):
    return [record(CATALOG, None, item(number)) for number in numbers]


@pytest.mark.usefixtures("_account")
@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_are_taken_in(name):
    assert run(SAMPLES[name]) == {"batchItemFailures": []}


def test_a_batch_is_taken_in_once_and_in_its_order(noting):
    assert deliver(run, records(range(60))) == []
    assert noting.taken == [f"item_{number}" for number in range(60)]


def test_a_database_that_does_not_answer_has_the_rest_delivered_again(noting):
    noting.fails["item_30"] = Unavailable("too busy")
    batch = records(range(60))
    answer = run(event(batch))
    # The changes before those that were taken in together with the one that failed are done.
    again = batch[streams.TOGETHER]["dynamodb"]["SequenceNumber"]
    assert answer == {"batchItemFailures": [{"itemIdentifier": again}]}
    noting.fails.clear()
    assert deliver(run, batch[streams.TOGETHER :]) == []
    assert set(noting.taken) == {f"item_{number}" for number in range(60)}


def test_nothing_can_be_made_of_one_change_and_the_others_go_on(noting):
    noting.fails["item_7"] = KeyError("a field that is missing")
    batch = records(range(60))
    assert deliver(run, batch) == [batch[7]]
    assert set(noting.taken) == {f"item_{number}" for number in range(60) if number != 7}


def test_a_database_that_stays_away_gives_up_what_is_too_old(noting):
    noting.fails["item_3"] = Unavailable("gone")
    batch = records(range(5))
    assert batch[3] in deliver(run, batch, deliveries=3)


def test_the_newest_change_of_each_table_is_noted(aws):
    assert progress().as_of("stock") is None
    head = {"pk": "ITEM#item_1", "sk": "OTHER"}
    run(event([record(STOCK, None, head, seconds=90), record(STOCK, None, head, seconds=30)]))
    run(event([record(CATALOG, None, {"pk": "CATEGORIES#TREE", "sk": "TREE"}, seconds=5)]))
    run(event([record(STOCK, None, head, seconds=60)]))
    assert progress().as_of("stock") == "2026-03-02T12:01:30.000Z"
    assert progress().as_of("catalog") == "2026-03-02T12:00:05.000Z"


def test_what_failed_is_not_noted(noting):
    noting.fails["item_0"] = Unavailable("too busy")
    run(event(records([0])))
    assert progress().as_of("catalog") is None
