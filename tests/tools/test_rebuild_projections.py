"""`make rebuild-projections`: everything anew beside what is read, then the switch."""

import pytest

from stockwarden.analytics.rebuild import Rebuild
from stockwarden.bootstrap import stores
from stockwarden.bootstrap.projections import generations
from stockwarden.core.errors import Conflict
from tests.support.aws import forget
from tests.support.ledger import LedgerScenario
from tests.support.projections import content, take_in
from tests.support.streams import Stream
from tests.tools.test_verify_ledger import create
from tools import rebuild_projections


@pytest.fixture
def scenario(aws):
    names = {"ProjectionsTableName": "PROJECTIONS_TABLE", "StockTableName": "STOCK_TABLE"}
    create("stockwarden", {name: aws[variable] for name, variable in names.items()})
    yield LedgerScenario("item_1", version=1)
    forget()


def rebuild():
    return rebuild_projections.main(["--stack", "stockwarden"])


def test_what_was_lost_is_there_again(scenario, capsys):
    scenario.move("receipt", 5)
    assert rebuild() == 0
    assert capsys.readouterr().out == (
        "1 items done, generation 2 is read, 0 records of earlier ones removed\n"
    )
    assert generations().current() == 2
    stream = Stream(stores.stock_table(), seen={})
    take_in(stream.records())
    before = content(2)
    assert rebuild() == 0
    assert content(3) == before
    assert content(2) == {}


def test_what_changes_meanwhile_is_in_it(scenario, monkeypatch):
    """A movement after the item was read goes into both, by its stream."""
    stream = Stream(stores.stock_table())
    scenario.move("receipt", 5)
    fill = Rebuild.fill

    def fill_and_move(self, generation, tell):
        items = fill(self, generation, tell)
        scenario.move("receipt", 7)
        take_in(stream.records())
        return items

    monkeypatch.setattr(Rebuild, "fill", fill_and_move)
    assert rebuild() == 0
    monkeypatch.undo()
    made = content(2)
    assert rebuild() == 0
    assert content(3) == made
    (item,) = (each for (pk, _), each in made.items() if pk.startswith("ITEMS#"))
    assert item["quantity"] == "12"


def test_of_two_the_later_is_read(scenario, monkeypatch, capsys):
    scenario.move("receipt", 5)
    begin = type(generations()).begin

    def begin_twice(self):
        mine = begin(self)
        begin(self)
        return mine

    monkeypatch.setattr(type(generations()), "begin", begin_twice)
    assert rebuild() == 2
    assert "Another rebuild" in capsys.readouterr().err
    with pytest.raises(Conflict):
        generations().switch_to(2)
    assert generations().current() == 1


def test_a_stack_that_is_not_there_or_is_older(scenario, capsys):
    assert rebuild_projections.main(["--stack", "elsewhere"]) == 2
    create("older", {"StockTableName": "StockTable"})
    assert rebuild_projections.main(["--stack", "older"]) == 2
    assert "ProjectionsTableName" in capsys.readouterr().err
