"""Every key as it is stored. Changing one makes the data stored under it unreachable."""

import pytest

from stockwarden.storage import clients
from stockwarden.storage.keys import (
    KeyRange,
    anomalies,
    at_key,
    audit,
    catalog,
    key_of,
    operations,
    orders,
    projections,
    reports,
    users,
)
from stockwarden.storage.tables import Table

MOMENT = "2026-03-02T04:30:00.000Z"
KEYS = [
    (users.profile("ana"), "USER#ana", "PROFILE"),
    (users.second_factor("ana"), "USER#ana", "OTP"),
    (users.session("ses_1"), "SESSION#ses_1", "SESSION"),
    (users.rate("login", "1.2.3.4"), "RATE#login#1.2.3.4", "RATE"),
    (
        users.delay("login", users.source_and_name("1.2.3.4", "ana")),
        "RATE#login#1.2.3.4#ana",
        "DELAY",
    ),
    (users.api_token("tok_1"), "TOKEN#tok_1", "TOKEN"),
    (users.email("ana@example.com"), "EMAIL#ana@example.com", "EMAIL"),
    (users.mail_token("d0"), "MAILTOKEN#d0", "MAILTOKEN"),
    (users.probe(), "READY", "READY"),
    (audit.entry("warehouse:wh_1", MOMENT, "e_1"), "AUDIT#warehouse:wh_1", f"{MOMENT}#e_1"),
    (audit.head("company"), "HEADS", "company"),
    (audit.verification("company"), "VERIFICATIONS", "company"),
    (
        key_of(operations.log_entry(operations.warehouse_logs("wh_1"), MOMENT, "log_1")),
        "LOGS#warehouse:wh_1",
        f"{MOMENT}#log_1",
    ),
    (
        key_of(operations.log_entry(operations.personal_logs("usr_1"), MOMENT, "log_1")),
        "LOGS#person:usr_1",
        f"{MOMENT}#log_1",
    ),
    (operations.view("usr_1", "Urgent"), "PERSON#usr_1", "VIEW#Urgent"),
    (operations.view_count("usr_1"), "PERSON#usr_1", "VIEWS"),
    (operations.notification("usr_1", "ntf_1"), "PERSON#usr_1", "NOTICE#ntf_1"),
    (operations.read_mark("usr_1"), "PERSON#usr_1", "READ"),
    (projections.progress().key("stock"), "PROGRESS", "stock"),
    (projections.generations(), "GENERATIONS", "GENERATIONS"),
    (projections.valued_item(1, "itm_1"), "1#ITEMS#2", "itm_1"),
    (projections.usage(1, "2026-03", "itm_1"), "1#USAGE#2026-03#2", "itm_1"),
    (projections.counted_order(1, "ord_1"), "1#ORDERS#4", "ord_1"),
    (
        projections.total(1, projections.Total("company", "category", "EUR", "cat_1")),
        "1#TOTALS#company",
        "category#EUR#cat_1",
    ),
    (
        projections.day_end(projections.day_ends("wh_1", "all", "EUR"), "2026-03-02", 7),
        "DAYS#wh_1#all#EUR",
        "2026-03-02#000007",
    ),
    (projections.views("abc", "company", 30).key("EUR"), "VIEWS", "abc#company#30#EUR"),
    (
        projections.view_page(projections.view_rows("view_1", "abc#company#30#EUR"), 3),
        "ROWS#view_1",
        "abc#company#30#EUR#000003",
    ),
    (catalog.item("itm_1"), "ITEM#itm_1", "ITEM"),
    (catalog.lot("itm_1", "L-7"), "ITEM#itm_1", "LOT#L-7"),
    (key_of(catalog.part("itm_1", "spl_1")), "ITEM#itm_1", "PART#spl_1"),
    (catalog.code("sku", "A-1"), "CODE#sku#A-1", "CODE"),
    (catalog.categories().key("cat_1"), "CATEGORIES", "cat_1"),
    (catalog.category_tree(), "CATEGORIES#TREE", "TREE"),
    (catalog.name("supplier", "acme"), "NAMES#supplier", "acme"),
    (catalog.suppliers().key("spl_1"), "SUPPLIERS", "spl_1"),
    (catalog.units().key("box"), "UNITS", "box"),
    (catalog.inventory_types().key("type_1"), "TYPES", "type_1"),
    (orders.order("ord_1"), "ORDER#ord_1", "ORDER"),
    (orders.progress("ord_1"), "ORDER#ord_1", "PROGRESS"),
    (orders.line("ord_1", "rev_1", "0001"), "ORDER#ord_1", "LINE#rev_1#0001"),
    (
        orders.posting_of_order("ord_1", MOMENT, "pst_1"),
        "ORDER#ord_1",
        f"POSTED#{MOMENT}#pst_1",
    ),
    (orders.due_entry("ord_1"), "ORDER#ord_1", "LISTED#DUE"),
    (key_of(orders.by_number("ord_1", "sales", "N-1")), "ORDER#ord_1", "LISTED#NUMBER"),
    (key_of(orders.by_supplier("ord_1", "spl_1", MOMENT)), "ORDER#ord_1", "LISTED#SUPPLIER"),
    (key_of(orders.on_order("ord_1", "rev_1", "itm_1")), "ORDER#ord_1", "ONORDER#rev_1#itm_1"),
    (orders.number("PO-2026-0001"), "ORDERNUMBER#PO-2026-0001", "NUMBER"),
    (orders.numbering("sales", 2026), "ORDERNUMBERS#sales#2026", "NUMBERING"),
    (reports.summary("rep_1"), "REPORT#rep_1", "SUMMARY"),
    (reports.source("rep_1"), "REPORT#rep_1", "SOURCE"),
    (reports.progress("rep_1"), "REPORT#rep_1", "PROGRESS"),
    (reports.detail("rep_1"), "REPORT#rep_1", "DETAIL"),
    (reports.left("rep_1"), "REPORT#rep_1", "LEFT"),
    (reports.tombstone("rep_1"), "REPORT#rep_1", "TOMBSTONE"),
    (reports.export("rep_1", "exp_1"), "EXPORTS#rep_1", "exp_1"),
    (reports.mapping("ana", "f0"), "MAPPINGS#ana", "f0"),
    (reports.warehouse("wh_1"), "WAREHOUSE#wh_1", "META"),
    (reports.layout("wh_1", 7), "WAREHOUSE#wh_1", "LAYOUT#000007"),
    (reports.member("wh_1", "ana"), "WAREHOUSE#wh_1", "MEMBER#ana"),
    (reports.rules("wh_1"), "WAREHOUSE#wh_1", "RULES"),
    (reports.rule_version("wh_1", "expired", 12), "WAREHOUSE#wh_1", "RULES#expired#000012"),
    (reports.costs("wh_1"), "WAREHOUSE#wh_1", "COSTS"),
    (
        reports.snapshot("wh_1", reports.rank(MOMENT, MOMENT, "rep_1")),
        "WAREHOUSE#wh_1",
        f"SNAPSHOT#{MOMENT}#{MOMENT}#rep_1",
    ),
    (reports.snapshot_order("wh_1"), "WAREHOUSE#wh_1", "SNAPSHOTS"),
    (reports.suppression("wh_1", "ana", "t0"), "WAREHOUSE#wh_1", "SUPPRESSION#t0"),
    (reports.suppression(None, "ana", "t0"), "SUPPRESSIONS#ana", "SUPPRESSION#t0"),
    (reports.suppression_count("wh_1", "ana"), "WAREHOUSE#wh_1", "SUPPRESSIONS"),
    (reports.suppression_count(None, "ana"), "SUPPRESSIONS#ana", "SUPPRESSIONS"),
    (reports.sweep("drop/"), "SWEEP", "drop/"),
    (reports.last_statistics(), "STATISTICS", "LAST"),
    (reports.running_statistics(), "STATISTICS", "RUNNING"),
    (anomalies.record(anomalies.generation("rep_1", "job_1.2"), "d0"), "rep_1#job_1.2", "d0"),
    (anomalies.change("rep_1", "d0", 3), "rep_1#history", "d0#000003"),
    (anomalies.counts("rep_1"), "rep_1", "COUNTS"),
    (anomalies.marker("rep_1", "job_1.2"), "rep_1", "GENERATION#job_1.2"),
    (
        anomalies.pointer(anomalies.owner_feed("ana"), 2, f"{MOMENT}#rep_1"),
        "REPORTS#ana#2",
        f"{MOMENT}#rep_1",
    ),
    (
        anomalies.pointer(anomalies.warehouse_feed("wh_1"), 0, f"{MOMENT}#rep_1"),
        "WAREHOUSE#wh_1#0",
        f"{MOMENT}#rep_1",
    ),
]


@pytest.mark.parametrize(("key", "pk", "sk"), KEYS, ids=[f"{pk} {sk}" for _, pk, sk in KEYS])
def test_a_key(key, pk, sk):
    assert key == {"pk": pk, "sk": sk}


def test_the_claim_of_an_object_version():
    digest = "ec0310438bf53728109bc21cccf8d930105d18e9218647c3d9bd959ebdbdb615"
    assert reports.claim("bucket", "drop/ana/stock.csv", "v1") == {
        "pk": f"OBJECT#{digest}",
        "sk": "v1",
    }


def test_index_keys():
    assert users.listed_session("ana", MOMENT, "ses_1") == {
        "directory": "SESSIONS#ana",
        "listed": f"{MOMENT}#ses_1",
    }
    assert orders.in_status_list("sales", "draft", MOMENT, "ord_1") == {
        "listed_in": "ORDERS#sales#draft",
        "named": f"{MOMENT}#ord_1",
    }
    assert orders.due("ord_1", "sales", MOMENT)["listed_in"] == "ORDERSDUE#sales"
    assert orders.on_order("ord_1", "rev_1", "itm_1")["listed_in"] == "ONORDER#itm_1"
    assert reports.report_owner("ana") == anomalies.owner_feed("ana") == "REPORTS#ana"
    assert reports.warehouse_owner("ana") == "WAREHOUSES#ana"
    assert reports.member_owner("ana") == "MEMBERSHIPS#ana"
    assert reports.listed(MOMENT, "rep_1") == f"{MOMENT}#rep_1"
    assert anomalies.by_status("rep_1#job_1.2", "In Progress") == "rep_1#job_1.2#In Progress"
    assert anomalies.by_rule("rep_1#job_1.2", "expired") == "rep_1#job_1.2#expired"
    assert anomalies.urgency(0, 41) == "0#0000041"
    assert anomalies.feeds("REPORTS#ana", None) == ["REPORTS#ana"]
    assert anomalies.feeds("REPORTS#ana", "wh_1") == ["REPORTS#ana", "WAREHOUSE#wh_1"]


def test_ids_are_parsed_from_keys():
    rank = reports.rank(MOMENT, MOMENT, "rep_1")
    snapshot = reports.snapshot("wh_1", rank) | {"rows": 3}
    assert reports.rank_in(snapshot) == rank
    assert reports.as_of_in(rank) == MOMENT
    assert reports.snapshot_report_in(snapshot) == "rep_1"
    assert reports.warehouse_in(snapshot) == "wh_1"
    assert reports.report_in(reports.progress("rep_1")) == "rep_1"
    assert reports.is_progress(reports.progress("rep_1"))
    assert not reports.is_progress(reports.export("rep_1", "exp_1"))
    parts = [reports.summary("rep_1"), reports.left("rep_1")]
    assert reports.by_part(parts) == {"summary": parts[0], "left": parts[1]}
    partition = anomalies.generation("rep_1", "job_1.2")
    record = anomalies.record(partition, "d0") | {
        "urgency": anomalies.urgency(3, 1),
        "pk_status": anomalies.by_status(partition, "New"),
        "pk_rule": anomalies.by_rule(partition, "expired"),
    }
    assert anomalies.generation_in(record) == partition
    assert anomalies.report_in(record) == anomalies.report_in(anomalies.counts("rep_1")) == "rep_1"
    assert anomalies.digest_in(record) == "d0"
    assert anomalies.digest_in(anomalies.change("rep_1", "d0", 3)) == "d0"
    assert anomalies.status_in(record) == "New"
    assert anomalies.rule_in(record) == "expired"
    assert anomalies.rank_in(record) == 3
    assert anomalies.markers("rep_1").rest_of(anomalies.marker("rep_1", "job_1.2")) == "job_1.2"


def test_an_item_by_its_key():
    items = [reports.rules("wh_1") | {"n": 1}, reports.costs("wh_1") | {"n": 2}]
    assert key_of(items[1]) == reports.costs("wh_1")
    assert at_key(items, reports.costs("wh_1")) == items[1]
    assert at_key(items, reports.warehouse("wh_1")) is None


@pytest.fixture
def table(aws):
    table = Table(clients.dynamodb(), aws["REPORTS_TABLE"])
    stored = ["A", "B", "L#1", "L#2", "L#3", "L$1", "M#1"]
    table.put_all({"pk": "p", "sk": sk} for sk in stored)
    table.put_all([{"pk": "q", "sk": "L#1"}])
    return table


ALL, LISTED = KeyRange("p"), KeyRange("p", "L#")


@pytest.mark.parametrize(
    ("key_range", "expected"),
    [
        (ALL, ["A", "B", "L#1", "L#2", "L#3", "L$1", "M#1"]),
        (ALL.between(first="L#3"), ["L#3", "L$1", "M#1"]),
        (ALL.between(last="B"), ["A", "B"]),
        (ALL.between("B", "L#1"), ["B", "L#1"]),
        (LISTED, ["L#1", "L#2", "L#3"]),
        (LISTED.between(first="2"), ["L#2", "L#3"]),
        (LISTED.between(last="2"), ["L#1", "L#2"]),
        (LISTED.between("2", "2"), ["L#2"]),
    ],
)
def test_a_key_range_selects_its_items(table, key_range, expected):
    items = table.query(key_range).items
    assert items == [{"pk": "p", "sk": sk} for sk in expected]
    assert list(table.query_all(key_range, limit=1)) == items


def test_a_key_of_a_range_and_back():
    assert LISTED.key("2") == {"pk": "p", "sk": "L#2"}
    assert LISTED.rest_of(LISTED.key("2")) == "2"
