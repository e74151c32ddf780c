"""`make rebuild-search`: the index of what was there before it was fed."""

import json

import boto3
import pytest

from tests.support.aws import forget
from tests.support.catalog import MANAGER, make
from tests.support.reports import send
from tools import rebuild_search
from tools.rebuild_search import _OUTPUTS

VARIABLES = ("CATALOG_TABLE", "STOCK_TABLE", "PROJECTIONS_TABLE", "BUCKET")


def create(stack, outputs):
    template = {
        "Resources": {"Topic": {"Type": "AWS::SNS::Topic"}},
        "Outputs": {name: {"Value": value} for name, value in outputs.items()},
    }
    boto3.client("cloudformation").create_stack(StackName=stack, TemplateBody=json.dumps(template))


@pytest.fixture
def stack(aws):
    outputs = dict(zip(_OUTPUTS, (aws[name] for name in VARIABLES), strict=True))
    create("stockwarden", outputs)
    yield outputs
    forget()


def test_what_was_there_is_found(stack, capsys):
    make("/items", name="Bolts", quantity=3)
    make("/suppliers", name="Bolts & Co")

    def find():
        return send("GET", "/search?q=bolts", caller=MANAGER).json["results"]

    assert find() == []
    assert rebuild_search.main(["--stack", "stockwarden"]) == 0
    assert capsys.readouterr().out.endswith("2 documents\n")
    assert [each["title"] for each in find()] == ["Bolts", "Bolts & Co"]
    assert rebuild_search.main(["--stack", "stockwarden"]) == 0
    assert len(find()) == 2


def test_a_stack_that_is_not_there_or_older(stack, capsys):
    assert rebuild_search.main(["--stack", "elsewhere"]) == 2
    create("older", {"CatalogTableName": "CatalogTable"})
    assert rebuild_search.main(["--stack", "older"]) == 2
    assert "StockTableName" in capsys.readouterr().err
