"""The sample events of events/catalog have the effect their names state."""

import json

import pytest

from catalog import app
from tests.support.aws import ROOT
from tests.support.gateway import send

SAMPLES = ROOT / "events" / "catalog"
EXPECTED = {
    "convert-pounds": 200,
    "find-by-label-without-item": 422,
    "create-category": 201,
    "create-supplier": 201,
    "create-type-as-viewer": 403,
    "create-unit-of-no-factor": 422,
    "get-supplier": 404,
    "search-for-bolts": 200,
    "search-without-words": 422,
}


def test_every_sample_is_tested():
    assert {path.stem for path in SAMPLES.iterdir()} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_sample(name):
    event = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    assert send(app.handler, event).status == EXPECTED[name]
