"""Every alarm watches a metric that is emitted, and is documented in docs/operations.md."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from audit_seal import app as audit_seal
from projections import app as projections
from stockwarden.bootstrap import stores
from stockwarden.bootstrap.analysis import message_dispatcher
from stockwarden.bootstrap.sweep import job_recovery
from stockwarden.core.clock import utc_now
from stockwarden.reports.attempts import LEASE
from stockwarden.storage.keys import stock as stock_keys
from stockwarden.storage.tables import write
from sweep import app as sweep
from tests.support.audit import Audit
from tests.support.aws import ROOT, cloud, forget_services
from tests.support.gateway import Context, LongContext
from tests.support.ledger import LedgerScenario, place
from tests.support.reports import CSV, arrive, create, deliver, event, store
from tools.template import load, resources

ALARMS = resources("AWS::CloudWatch::Alarm")
OWN = {
    name: alarm
    for name, alarm in ALARMS.items()
    if alarm["Properties"]["Namespace"] == "Stockwarden"
}
# What AWS gives by itself: the names of the dimensions under which a metric stands.
OF_AWS = {
    ("AWS/Lambda", "Errors"): {("FunctionName",)},
    ("AWS/Lambda", "Duration"): {("FunctionName",)},
    ("AWS/Lambda", "IteratorAge"): {("FunctionName",)},
    # Without one it is the sum over the account.
    ("AWS/Lambda", "Throttles"): {("FunctionName",), ()},
    ("AWS/SQS", "ApproximateNumberOfMessagesVisible"): {("QueueName",)},
    ("AWS/SQS", "ApproximateAgeOfOldestMessage"): {("QueueName",)},
    ("AWS/ApiGateway", "5XXError"): {("ApiName", "Stage")},
    ("AWS/ApiGateway", "Latency"): {("ApiName", "Stage")},
}
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def crash(monkeypatch: pytest.MonkeyPatch) -> None:
    """One analysis that crashes by a bug."""

    def stumble(*_: Any) -> None:
        raise ZeroDivisionError("a bug")

    message = arrive(create(), "inventory", CSV)
    monkeypatch.setattr(message_dispatcher().analysis.pipeline, "analyze", stumble)
    deliver(message)


def abandon(monkeypatch: pytest.MonkeyPatch) -> None:
    """An analysis that crashes until its job is abandoned."""
    message = arrive(create(), "inventory", CSV)
    monkeypatch.setattr(message_dispatcher().analysis.pipeline, "analyze", lambda _: 1 / 0)
    for _ in range(4):
        deliver(message)


def lose_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    message = arrive(create(), "inventory", CSV)
    analysis = message_dispatcher().analysis
    monkeypatch.setattr(analysis.pipeline, "analyze", lambda _: 1 / 0)
    monkeypatch.setattr(analysis.jobs, "release", lambda _: None)
    deliver(message)
    later = utc_now() + LEASE
    monkeypatch.setattr(job_recovery(), "clock", lambda: later)
    sweep.handler({"task": "jobs"}, Context())


def send_nonsense(_: pytest.MonkeyPatch) -> None:
    foreign = event("drop/alice/stock.csv", "v1")
    foreign["Records"][0]["s3"]["bucket"]["name"] = "another-bucket"
    deliver(foreign)


def drop_for_nobody(_: pytest.MonkeyPatch) -> None:
    deliver(store("drop/nobody/stock.csv", CSV))


def break_a_chain(monkeypatch: pytest.MonkeyPatch) -> None:
    audit = Audit.in_moto()
    monkeypatch.setenv("AUDIT_KEY_ID", audit.key.key_id)
    forget_services()
    first, _ = audit.seal(2)
    write(audit.table.delete(audit.key_of(first)))
    audit_seal.handler({"task": "verify"}, LongContext())


def change_a_balance(_: pytest.MonkeyPatch) -> None:
    ledger = LedgerScenario()
    ledger.move("receipt", 5)
    ledger.table.put_all([{**stock_keys.balance("item_1", place()), "quantity": "6", "version": 1}])
    sweep.handler({"task": "ledgers"}, LongContext())


def lose_a_change(_: pytest.MonkeyPatch) -> None:
    """An item whose stream never came, and still has not an hour later."""
    LedgerScenario().move("receipt", 5)
    for _ in range(2):
        projections.handler({"task": "check"}, LongContext())


SCENES: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "JobsAbandoned": abandon,
    "MessagesCrash": crash,
    "LeasesExpired": lose_a_worker,
    "MessagesRefused": send_nonsense,
    "Quarantined": drop_for_nobody,
    "AuditChainBroken": break_a_chain,
    "LedgerDiffers": change_a_balance,
    "ChangesLost": lose_a_change,
}


@pytest.fixture
def _account() -> Iterator[None]:
    with cloud():
        yield


def metrics_in(output: str) -> set[tuple[str, str, tuple[str, ...]]]:
    """(namespace, metric, dimension names) of all metrics above zero in a function's log."""
    metrics = set()
    for line in output.splitlines():
        entry = json.loads(line)
        for directive in entry.get("_aws", {}).get("CloudWatchMetrics", []):
            for metric in directive["Metrics"]:
                if sum(entry[metric["Name"]]) > 0:
                    for names in directive["Dimensions"]:
                        metrics.add((directive["Namespace"], metric["Name"], tuple(names)))
    return metrics


def test_every_alarm_of_our_own_has_a_scene() -> None:
    assert OWN.keys() == SCENES.keys()


@pytest.mark.usefixtures("_account")
@pytest.mark.parametrize("name", SCENES)
def test_the_code_gives_what_the_alarm_watches(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    watched = ALARMS[name]["Properties"]
    dimensions = tuple(dimension["Name"] for dimension in watched["Dimensions"])
    assert stores.objects().bucket
    SCENES[name](monkeypatch)
    metric = (watched["Namespace"], watched["MetricName"], dimensions)
    assert metric in metrics_in(capsys.readouterr().out)


@pytest.mark.parametrize("name", OWN)
def test_its_dimension_is_the_service_of_the_function_that_gives_it(name: str) -> None:
    (dimension,) = ALARMS[name]["Properties"]["Dimensions"]
    others = {
        "LeasesExpired": "SweepFunction",
        "LedgerDiffers": "SweepFunction",
        "AuditChainBroken": "AuditSealFunction",
        "ChangesLost": "ProjectionsFunction",
    }
    function = others.get(name, "AnalysisFunction")
    variables = load()["Resources"][function]["Properties"]["Environment"]["Variables"]
    assert dimension == {"Name": "service", "Value": variables["POWERTOOLS_SERVICE_NAME"]}
    namespace = load()["Globals"]["Function"]["Environment"]["Variables"]
    assert namespace["POWERTOOLS_METRICS_NAMESPACE"] == "Stockwarden"


@pytest.mark.parametrize("name", sorted(ALARMS.keys() - OWN.keys()))
def test_the_others_watch_what_aws_gives(name: str) -> None:
    watched = ALARMS[name]["Properties"]
    dimensions = tuple(dimension["Name"] for dimension in watched.get("Dimensions", []))
    assert dimensions in OF_AWS[watched["Namespace"], watched["MetricName"]]


def test_a_file_that_cannot_be_read_rings_nothing(
    _account: None, capsys: pytest.CaptureFixture[str]
) -> None:
    deliver(arrive(create(), "inventory", b"\x00"))
    counted = {name for _, name, _ in metrics_in(capsys.readouterr().out)}
    assert "Reports_failed" in counted
    assert not counted & {alarm["Properties"]["MetricName"] for alarm in OWN.values()}


def test_every_alarm_stands_in_the_manual_and_no_other() -> None:
    table = OPERATIONS.split("| alarm | means | do |")[1].split("\n\n")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| ")]
    documented = {name.strip() for cell in rows for name in cell.split(",")}
    assert documented == set(ALARMS)


def test_what_the_manual_uses_is_an_output_of_the_stack() -> None:
    outputs = load()["Outputs"]
    named = dict(re.findall(r"(\w+)=\$\(output (\w+)\)", OPERATIONS))
    assert set(named.values()) <= set(outputs)
    variables = set(re.findall(r"\$([A-Z][A-Z_]+)", OPERATIONS))
    assert variables == set(named)


def test_no_alarm_rings_because_a_dead_workers_message_comes_back() -> None:
    queue = load()["Resources"]["AnalysisQueue"]["Properties"]
    assert ALARMS["UploadsWait"]["Properties"]["Threshold"] > queue["VisibilityTimeout"]
