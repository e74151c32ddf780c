"""Every rule from a file to its exports: found, priced, with a curve, in all three forms.

The file is the first case of the rule that finds something, as tests/engine/detection/cases has
it: a new detector comes through here by its own file and its cases.
"""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
import yaml

from stockwarden.core.clock import iso
from stockwarden.detection.detectors import DETECTORS
from stockwarden.ingestion.mapping.fields import DATES
from tests.engine.detection.inventory import AS_OF, STANDARD_LAYOUT, moment
from tests.functions.reports.exports import exported, fetch, rows, workbook
from tests.support.aws import ROOT
from tests.support.catalog import make_items
from tests.support.reports import arrive, create, create_warehouse, deliver, get, state

CASES = ROOT / "tests" / "engine" / "detection" / "cases"


def first_case(code: str) -> dict[str, Any]:
    document = yaml.safe_load((CASES / f"{code}.yaml").read_text(encoding="utf-8"))
    case: dict[str, Any] = next(case for case in document["cases"] if case.get("found"))
    return case


def file_of(case: dict[str, Any]) -> tuple[bytes, list[str]]:
    """A CSV with one column per field, named after the field."""
    columns = list(dict.fromkeys(field for row in case["rows"] for field in row))
    as_of = moment(case.get("as_of", AS_OF))
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    for row in case["rows"]:
        cells = [(field, row.get(field)) for field in columns]
        writer.writerow(
            iso(as_of - timedelta(hours=cell))
            if field in DATES and isinstance(cell, int | float)
            else cell
            for field, cell in cells
        )
    return text.getvalue().encode(), columns


@pytest.mark.parametrize("rule", DETECTORS, ids=lambda rule: rule.code)
def test_a_rule_from_a_file_to_its_exports(rule):
    case = first_case(rule.code)
    make_items(case.get("catalog", []))
    content, columns = file_of(case)
    # Cases without a layout are reports without a warehouse.
    layout = case.get("layout", STANDARD_LAYOUT)
    warehouse_query = {"warehouse_id": create_warehouse(layout=layout)["id"]} if layout else {}
    new_report = create(
        **warehouse_query,
        as_of=case.get("as_of", AS_OF),
        column_mapping={column: column for column in columns},
    )
    assert deliver(arrive(new_report, "inventory", content)) == []
    report = state(new_report["report_id"])
    assert report["status"] == "ready", report["reason"]

    query = {"report_id": report["id"], "rule": rule.code, "limit": 100}
    anomalies = get("/anomalies", query=query).json["anomalies"]
    assert {anomaly["subject"]["id"] for anomaly in anomalies} == set(case["found"])
    assert {anomaly["title"] for anomaly in anomalies} == {rule.title}
    assert all(anomaly["cost"]["amount"] > 0 for anomaly in anomalies)
    assert report["costs"]["by_rule"][rule.code] == pytest.approx(
        sum(anomaly["cost"]["amount"] for anomaly in anomalies)
    )

    listed = {item["code"]: item for item in get("/rules", query=warehouse_query).json["rules"]}[
        rule.code
    ]
    assert (listed["title"], listed["priority"]) == (rule.title, rule.priority)
    assert listed["cost_formula"].startswith("pallets × ")
    curve = get(f"/reports/{report['id']}/what-if", query={"rule": rule.code})
    if rule.threshold is None:
        assert curve.status == 422
    else:
        assert curve.json["current"]["anomalies"] == len(anomalies)

    filters = {"rule": rule.code}
    messages = [anomaly["message"] for anomaly in anomalies]
    book = workbook(exported(report, filters=filters))
    assert [row["Message"] for row in rows(book["Anomalies"])] == messages
    text = fetch(exported(report, "csv", filters=filters)).decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(text, newline="")))) == len(messages)
    annotated = rows(workbook(exported(report, "annotated", filters=filters)).worksheets[0])
    reasons = "\n".join(row["Reason"] or "" for row in annotated)
    assert all(message in reasons for message in messages)
