"""`make verify-ledger`: a line for each difference, and the exit code."""

import json

import boto3
import pytest

from stockwarden.storage.keys import stock as keys
from tests.support.aws import forget
from tests.support.ledger import LedgerScenario, place
from tools import verify_ledger


def create(stack, outputs):
    template = {
        "Resources": {"Topic": {"Type": "AWS::SNS::Topic"}},
        "Outputs": {name: {"Value": value} for name, value in outputs.items()},
    }
    boto3.client("cloudformation").create_stack(StackName=stack, TemplateBody=json.dumps(template))


@pytest.fixture
def ledger(aws):
    create("stockwarden", {"StockTableName": aws["STOCK_TABLE"]})
    ledger = LedgerScenario()
    ledger.move("receipt", 11, place("A-01"))
    yield ledger
    forget()


def test_a_right_ledger(ledger, capsys):
    assert verify_ledger.main(["--stack", "stockwarden"]) == 0
    assert capsys.readouterr().out == "1 items verified, 0 differences\n"


def test_a_difference_is_named_and_the_exit_code(ledger, capsys):
    balance = {**keys.balance("item_1", place("A-01")), "quantity": "12", "version": 1}
    ledger.table.put_all([balance])
    assert verify_ledger.main(["--stack", "stockwarden"]) == 1
    output = capsys.readouterr()
    assert output.out.splitlines() == [
        "item_1: balance at wh_hall#A-01#–: stored 12, right 11",
        "1 items verified, 1 difference",
    ]
    assert "docs/operations.md" in output.err


def test_a_stack_that_is_not_there_or_has_no_ledger(ledger, capsys):
    assert verify_ledger.main(["--stack", "elsewhere"]) == 2
    create("older", {"UsersTableName": "UsersTable"})
    assert verify_ledger.main(["--stack", "older"]) == 2
    assert "StockTableName" in capsys.readouterr().err
