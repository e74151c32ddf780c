"""Creates, downloads and parses exports for the tests."""

import io

import openpyxl
import requests

from tests.support.reports import (
    CSV,
    arrive,
    create,
    create_warehouse,
    deliver,
    drain,
    get,
    send,
    state,
)


def ready(body=CSV, name="stock.csv", **fields):
    warehouse = {"warehouse_id": create_warehouse()["id"]} if "warehouse_id" not in fields else {}
    new_report = create(filename=name, **warehouse, **fields)
    deliver(arrive(new_report, "inventory", body))
    report = state(new_report["report_id"])
    assert report["status"] == "ready", report["reason"]
    return report


def exported(report, form="xlsx", **request):
    """Requests an export and runs it; returns the finished export."""
    path = f"/reports/{report['id']}/exports"
    response = send("POST", path, json={"format": form, **request})
    assert response.status == 202, response.body
    assert response.json["status"] == "queued"
    assert response.json["url"] is None
    assert drain() == []
    answer = get(f"{path}/{response.json['id']}")
    assert answer.status == 200
    return answer.json


def fetch(export):
    """The content behind the export's URL, fetched without a token."""
    assert export["status"] == "ready", export["reason"]
    answer = requests.get(export["url"], timeout=5)
    assert answer.status_code == 200
    assert len(answer.content) == export["size"]
    return answer.content


def workbook(export):
    return openpyxl.load_workbook(io.BytesIO(fetch(export)))


def rows(sheet):
    """Each row below the header as {column: value}."""
    header, *below = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in below]
