"""A file's product codes are looked up in the catalog, and the rules that need it run."""

import json

import pytest

from stockwarden.bootstrap import stores
from stockwarden.catalog.unit_repository import UnitRepository
from stockwarden.core import clock
from stockwarden.detection.catalog_items import AskedCodes
from stockwarden.detection.detectors import DETECTORS
from stockwarden.stock import item_lookup
from stockwarden.stock.item_lookup import ItemLookup
from stockwarden.storage import clients
from stockwarden.storage.keys import catalog as keys
from tests.functions.analysis.results import anomalies
from tests.support.capacity import measure
from tests.support.catalog import ask, make_items
from tests.support.reports import arrive, create, create_warehouse, deliver, drain, send, state

DAY = clock.utc_now().date()
NEED_CATALOG = [detector.code for detector in DETECTORS if "item" in detector.needs]
HEADER = "Pallet ID,Location,Creation Date,SKU,Quantity\n"
FILE = HEADER + "\n".join(
    f"P{number},{number:03}A,2026-03-09 08:00,{sku},{number}"
    for number, sku in enumerate(["SKU-0630", "SKU-0631", "SKU-O63O", "OLD", "sku-0630"], start=1)
)


def analyzed(content=FILE, warehouse=True, **fields):
    query = {"warehouse_id": create_warehouse()["id"]} if warehouse else {}
    new_report = create(**query, as_of="2026-03-09T12:00:00Z", **fields)
    assert deliver(arrive(new_report, "inventory", content.encode())) == []
    report = state(new_report["report_id"])
    assert report["status"] == "ready", report["reason"]
    return report


def found(report):
    return {
        (anomaly["rule"], anomaly["subject"]["id"])
        for anomaly in anomalies(report["id"])
        if anomaly["subject"]["type"] == "product"
    }


def lookup():
    table = stores.catalog_table()
    return ItemLookup(table, UnitRepository(table, clock.utc_now))


@pytest.mark.parametrize("warehouse", [True, False])
def test_the_catalog_is_the_company_s_with_and_without_a_warehouse(warehouse):
    make_items([{"sku": "SKU-0630"}, {"sku": "SKU-0631"}, {"sku": "OLD", "status": "archived"}])
    report = analyzed(warehouse=warehouse)
    assert found(report) == {("unknown-product", "SKU-O63O"), ("inactive-product", "OLD")}
    used = report["catalog"]
    assert (used["codes"], used["known"], used["unknown"], used["not_looked_up"]) == (4, 3, 1, 0)
    assert used["changed"] is False


def test_the_nearest_code_may_be_one_that_the_file_lacks():
    make_items([{"sku": "SKU-0630"}, {"sku": "AB-0071"}])
    report = analyzed(HEADER + "P1,001A,2026-03-09,SKU-0630,4\nP2,002A,2026-03-09,AB0071,4\n")
    (anomaly,) = [one for one in anomalies(report["id"]) if one["rule"] == "unknown-product"]
    assert anomaly["details"] == {"nearest": ["AB-0071"]}
    assert anomaly["message"] == (
        "No item of the catalog has the code AB0071; the nearest are AB-0071."
    )


def test_a_gtin_whose_zeros_in_front_a_spreadsheet_has_lost_is_known():
    items = make_items([{"sku": "TEA", "gtin": "012345678905"}, {"sku": "1234567895"}])
    texts = ["12345678905", "1234567895", "12345678906", "345678905"]
    answer = lookup().look_up(AskedCodes(DAY, product_codes=texts, gtins=texts))
    assert answer.by_code == {texts[0]: items["TEA"], texts[1]: items["1234567895"]}
    assert answer.by_gtin == {texts[0]: items["TEA"]}
    rows = [f"P{place},{place:03}A,2026-03-09,{text},4" for place, text in enumerate(texts, 1)]
    report = analyzed(HEADER + "\n".join(rows))
    assert found(report) == {("unknown-product", text) for text in texts[2:]}


def coverage_of(report):
    return {entry["rule"]: entry for entry in report["coverage"]}


def test_without_a_catalog_the_rules_say_what_they_need():
    report = analyzed()
    coverage = coverage_of(report)
    for code in (*NEED_CATALOG, "unknown-product"):
        assert coverage[code]["status"] == "not_evaluated", code
    assert coverage["unknown-product"]["needs"] == [
        "items in the catalog with product codes of this file"
    ]
    assert report["catalog"]["known"] == 0


def test_a_file_without_product_codes_asks_nothing():
    make_items([{"sku": "SKU-0630"}])
    report = analyzed("Pallet ID,Location,Description\nP1,001A,Tea\nP2,002A,Milk\n")
    assert report["catalog"] is None
    assert coverage_of(report)["unknown-product"]["needs"] == ["product_code or gtin"]


def test_a_catalog_that_hardly_knows_the_file_is_not_about_it():
    make_items([{"sku": "SKU-0001"}])
    rows = [f"P{number},001A,2026-03-09,SKU-{number:04},4" for number in range(1, 60)]
    report = analyzed(HEADER + "\n".join(rows))
    assert coverage_of(report)["unknown-product"]["needs"] == [
        "a catalog with more of this file's product codes"
    ]


def test_an_analysis_again_says_that_the_catalog_has_changed():
    items = make_items([{"sku": "SKU-0630"}, {"sku": "SKU-0631"}, {"sku": "OLD"}])
    report = analyzed()
    assert found(report) == {("unknown-product", "SKU-O63O")}

    def again():
        assert send("POST", f"/reports/{report['id']}/reanalysis", json={}).status == 202
        assert drain() == []
        return state(report["id"])

    assert again()["catalog"] == report["catalog"]
    path = f"/items/{items['OLD']}"
    version = ask("GET", path).json["version"]
    changed = ask("PATCH", path, json={"status": "archived"}, headers={"If-Match": f'"{version}"'})
    assert changed.status == 200, changed.body
    after = again()
    assert after["catalog"]["changed"] is True
    assert after["catalog"]["sha256"] != report["catalog"]["sha256"]
    assert found(after) == {("unknown-product", "SKU-O63O"), ("inactive-product", "OLD")}
    assert again()["catalog"]["changed"] is False


def test_the_same_file_and_catalog_give_the_same_bytes():
    make_items([{"sku": "SKU-0630"}, {"sku": "SKU-0631"}, {"sku": "OLD", "status": "archived"}])

    def told(report):
        findings = sorted(anomalies(report["id"]), key=lambda one: one["fingerprint"])
        own = ("id", "report_id", "created_at", "updated_at", "since", "companions", "lead")
        return json.dumps(
            [{name: value for name, value in one.items() if name not in own} for one in findings]
        )

    first, second = analyzed(warehouse=False), analyzed(warehouse=False)
    assert told(first) == told(second)
    assert first["catalog"] == second["catalog"]


def test_reads_are_bounded_by_the_distinct_codes():
    skus = [f"S-{number:03}" for number in range(120)]
    make_items([{"sku": sku} for sku in skus[:50]])
    with measure(clients.dynamodb()) as few:
        known = lookup().look_up(AskedCodes(DAY, skus[:50]))
    assert len(known.items) == 50
    # A claim and an item for each code, half a unit each; nothing of what else there is.
    assert few.reads == 50
    assert [name for name, *_ in few.calls] == ["BatchGetItem"] * 2
    with measure(clients.dynamodb()) as more:
        partly = lookup().look_up(AskedCodes(DAY, skus))
    assert len(partly.items) == 50
    misreadings = more.reads - 0.5 * (120 + 50)
    assert 0 < misreadings <= 0.5 * 70 * 30
    assert {name for name, *_ in more.calls} == {"BatchGetItem"}


def test_codes_beyond_the_cap_are_left_out_and_said(monkeypatch):
    make_items([{"sku": "SKU-0630"}, {"sku": "SKU-0631"}, {"sku": "OLD"}])
    monkeypatch.setattr(item_lookup, "MOST_CODES", 2)
    report = analyzed()
    # SKU-0630 stands in two rows, and of the others OLD is the first.
    assert report["catalog"]["known"] == 2
    assert report["catalog"]["not_looked_up"] == 2
    skipped = coverage_of(report)["unknown-product"]["rows_skipped"]
    assert skipped == {"product code not looked up": 2}


def test_a_claim_whose_item_is_gone_is_no_item():
    ids = make_items([{"sku": "SKU-0630"}])
    table = stores.catalog_table()
    table.delete_all([keys.item(ids["SKU-0630"])])
    assert lookup().look_up(AskedCodes(DAY, ["SKU-0630"])).items == {}
