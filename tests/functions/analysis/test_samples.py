"""The sample events of events/analysis do what their names say."""

import json

import pytest

from tests.support.aws import ROOT
from tests.support.gateway import Context

SAMPLES = ROOT / "events" / "analysis"
FAILURES = {
    "batch-with-one-that-nobody-understands": ["059f36b4-87a3-44ab-83d2-661970000001"],
    "bucket-test-event": [],
    "drop-that-is-gone": [],
    "job-of-a-deleted-report": [],
    "removal-that-is-done": [],
    "upload-of-a-deleted-report": [],
}


def test_every_sample_is_tested():
    assert {path.stem for path in SAMPLES.iterdir()} == set(FAILURES)


@pytest.mark.parametrize("name", FAILURES)
def test_a_sample(name, monkeypatch):
    from analysis import app
    from stockwarden import bootstrap

    monkeypatch.setattr(bootstrap.analysis_queue(), "retry_in", lambda *_: None)
    event = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    answer = app.handler(event, Context())
    assert [one["itemIdentifier"] for one in answer["batchItemFailures"]] == FAILURES[name]
