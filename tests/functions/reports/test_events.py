"""The sample events of events/reports have the effect their names state."""

import json

import pytest

from reports import app
from tests.support.aws import ROOT
from tests.support.gateway import send

SAMPLES = ROOT / "events" / "reports"
EXPECTED = {
    "change-mapping": 404,
    "create-export": 404,
    "create-export-wrong-format": 422,
    "create-report": 201,
    "create-report-multipart": 201,
    "create-report-without-file": 400,
    "create-report-wrong-type": 422,
    "get-diff": 404,
    "get-export": 404,
    "get-report-of-nobody": 404,
    "list-mappings": 200,
    "list-report-logs": 200,
    "list-reports": 200,
    "list-reports-without-caller": 401,
}


def test_every_sample_is_tested():
    assert {path.stem for path in SAMPLES.iterdir()} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_sample(name):
    event = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    assert send(app.handler, event).status == EXPECTED[name]
