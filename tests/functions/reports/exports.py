"""What the tests of exports ask for."""

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
    given = {"warehouse_id": create_warehouse()["id"]} if "warehouse_id" not in fields else {}
    made = create(filename=name, **given, **fields)
    deliver(arrive(made, "inventory", body))
    report = state(made["report_id"])
    assert report["status"] == "ready", report["reason"]
    return report


def exported(report, form="xlsx", **request):
    """The finished export, as its owner sees it."""
    path = f"/reports/{report['id']}/exports"
    asked = send("POST", path, json={"format": form, **request})
    assert asked.status == 202, asked.body
    assert asked.json["status"] == "queued"
    assert asked.json["url"] is None
    assert drain() == []
    answer = get(f"{path}/{asked.json['id']}")
    assert answer.status == 200
    return answer.json


def fetch(export):
    """What the link answers to somebody without a token."""
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
