import pytest

from stockwarden.anomalies import precision
from stockwarden.anomalies.counts import Counts, Tally
from stockwarden.anomalies.model import Reason, Status
from stockwarden.bootstrap.rules import precision_service
from stockwarden.detection.priority import Priority
from stockwarden.storage import clients
from tests.engine.anomalies.anomaly_factory import findings, publish, store_warehouse
from tests.functions.anomalies.client import post, walk
from tests.support.capacity import measure


def judge(report_id, reasons):
    anomalies = walk(report_id=report_id)[1]
    for anomaly, reason in zip(anomalies, reasons, strict=False):
        change = {"status": "Resolved", "reason": reason}
        assert post(f"/anomalies/{anomaly['id']}/status", **change).status == 200


def precisions_of(warehouse_id="wh_1"):
    precisions = precision_service().list_precisions(warehouse_id)
    return {rule: precision.model_dump() for rule, precision in precisions.items()}


def test_verdicts_are_summed_over_the_reports_of_a_warehouse(aws):
    store_warehouse()
    publish("rep_1", findings(6, ["cold-chain"]), warehouse_id="wh_1")
    publish("rep_2", findings(6, ["cold-chain"]), warehouse_id="wh_1")
    publish("rep_3", findings(6, ["cold-chain"]), warehouse_id="wh_2")
    publish("rep_4", findings(6, ["cold-chain"]))
    assert precisions_of() == {}
    judge("rep_1", ["real", "false_positive", "data_error"])
    judge("rep_2", ["real", "accepted"])
    judge("rep_3", ["false_positive"])
    judge("rep_4", ["false_positive"])
    assert precisions_of() == {
        "cold-chain": {
            "real": 2, "false_positive": 1, "data_error": 1, "accepted": 1, "precision": 0.75,
        }
    }  # fmt: skip
    assert precisions_of("wh_2")["cold-chain"]["precision"] == 0


def test_data_errors_do_not_affect_precision(aws):
    publish("rep_1", findings(2, ["cold-chain"]), warehouse_id="wh_1")
    judge("rep_1", ["data_error"])
    assert precisions_of()["cold-chain"]["precision"] is None


def test_number_of_reports_read_is_bounded(aws, monkeypatch):
    monkeypatch.setattr(precision, "REPORTS", 4)
    for number in range(6):
        created = f"2026-01-{number + 1:02}T08:00:00.000Z"
        publish(f"rep_{number}", findings(1), created_at=created, warehouse_id="wh_1")
        judge(f"rep_{number}", ["real"])
    with measure(clients.dynamodb()) as units:
        (counted,) = precisions_of().values()
    assert counted["real"] == 4
    assert units.reads <= 3


@pytest.mark.parametrize(
    ("reason", "inherited", "counted"),
    [(None, None, 0), ("real", None, 1), ("real", "real", 0), (None, "real", -1)],
)
def test_inherited_verdict_is_not_counted_again(reason, inherited, counted):
    tally = Tally(
        Priority.HIGH,
        Status.RESOLVED,
        "cold-chain",
        Reason(reason) if reason else None,
        Reason(inherited) if inherited else None,
    )
    counts = Counts.of_tallies([tally])
    assert sum(counts.verdicts.values()) == counted
    reread = Counts.from_item({"superseded": False, **counts.to_attributes()})
    assert reread.to_document() == counts.to_document()
    assert sum(reread.verdicts.values()) == counted
