"""Every list continues by its own cursor and refuses any other text with 400."""

from datetime import timedelta
from typing import Any

import pytest

from stockwarden.audit.entry import Change, entry_item
from stockwarden.audit.origin import Origin
from stockwarden.bootstrap import repositories, stores
from stockwarden.bootstrap.projections import refresh
from stockwarden.core.clock import iso, utc_now
from stockwarden.core.ids import new_id
from stockwarden.identity.sessions import SessionRepository
from stockwarden.notifications.kinds import NotificationKind
from stockwarden.storage.keys import audit as keys
from stockwarden.storage.tables import write
from tests.functions.access.decisions import (
    CONSUMPTION,
    COUNT,
    ORDER,
    PART,
    RECEIPT,
    SUPPRESSION,
)
from tests.functions.access.sharing_scenario import ask
from tests.support.gateway import ADMIN, USER
from tests.support.openapi import DOCUMENT
from tests.support.problems import problem
from tests.support.projections import rebuild
from tests.support.reports import create_warehouse, share
from tests.support.snapshots import snapshot

OF_WAREHOUSE = "?warehouse_id={warehouse_id}"
# With a filter where there is one: a cursor is bound to its list and filters.
LISTS = {
    "/audit-logs": ("", OF_WAREHOUSE),
    "/analytics/abc": ("", "?days=30", "?days=30&warehouse_id={warehouse_id}"),
    "/analytics/consumption": ("", "?days=30"),
    "/analytics/low-stock": ("", "?warehouse_id={warehouse_id}"),
    "/analytics/slow-movers": ("", "?idle_days=60"),
    "/analytics/stock-value": ("", "?by=type"),
    "/analytics/suppliers": ("", "?warehouse_id={warehouse_id}"),
    "/analytics/turnover": ("", "?days=30"),
    "/anomalies": ("", "?report_id={report_id}", OF_WAREHOUSE),
    "/categories": ("", "?parent_id=root", "?archived=false"),
    "/consumption": ("", "?item_id={item_id}", OF_WAREHOUSE),
    "/counts": (OF_WAREHOUSE,),
    "/inventory-types": ("", "?archived=false"),
    "/invitations": ("",),
    "/items": ("", "?status=active", "?sort=-name"),
    "/items/imports": ("",),
    "/kits": ("", "?q=kit"),
    "/items/{item_id}/lots": ("",),
    "/items/{item_id}/movements": ("", OF_WAREHOUSE),
    "/items/{item_id}/pallets": ("",),
    "/items/{item_id}/stock": ("", OF_WAREHOUSE),
    "/mappings": ("",),
    "/orders": ("", "?status=draft", "?type=purchase", "?q=PO"),
    "/orders/{order_id}/movements": ("",),
    "/pallets/{pallet_id}": (OF_WAREHOUSE,),
    "/report-logs": ("", OF_WAREHOUSE),
    "/reports": ("", OF_WAREHOUSE),
    "/reports/{report_id}/details": ("",),
    "/reports/{report_id}/diff": ("?against={older_id}",),
    "/reports/{report_id}/locations": ("",),
    "/rules/{code}/versions": (OF_WAREHOUSE,),
    "/security/events": ("",),
    "/suppressions": ("", OF_WAREHOUSE),
    "/suppliers": ("", "?archived=false"),
    "/suppliers/{supplier_id}/parts": ("",),
    "/units": ("",),
    "/users": ("", "?q=v"),
    "/users/me/notifications": ("",),
    "/users/me/security-events": ("",),
    "/users/me/sessions": ("",),
    "/users/me/views": ("",),
    "/warehouses": ("",),
    "/warehouses/{warehouse_id}/members": ("",),
    "/warehouses/{warehouse_id}/stock": ("", "?location=A-01"),
    "/warehouses/{warehouse_id}/trends": ("",),
    "/warehouses/{warehouse_id}/utilization": ("",),
}
OF_ADMINS = (
    "/analytics",
    "/audit-logs",
    "/categories",
    "/consumption",
    "/counts",
    "/inventory-types",
    "/invitations",
    "/items",
    "/kits",
    "/orders",
    "/report-logs",
    "/security",
    "/suppliers",
    "/units",
    "/users",
    "/warehouses/{warehouse_id}/stock",
)
OWN = ("/users/me/notifications", "/users/me/sessions", "/users/me/views")
PATHS = [path + query for path, queries in LISTS.items() for query in queries]


def test_every_list_is_tried() -> None:
    with_cursor = {
        path
        for path, methods in DOCUMENT["paths"].items()
        if "cursor"
        in {parameter["name"] for parameter in methods.get("get", {}).get("parameters", [])}
    }
    assert with_cursor == LISTS.keys()


def create_pairs() -> dict[str, str]:
    warehouse_id = create_warehouse()["id"]
    for _ in range(2):
        SessionRepository(stores.users_table(), timedelta(days=1)).start("alice")
    for name in ("vera", "oscar"):
        share(warehouse_id, name, "viewer")
    older, newer = (
        snapshot(warehouse_id, [20 + age, 30 + age], day, boxes=1)["id"]
        for age, day in ((0, 6), (24, 7))
    )
    ids = {"warehouse_id": warehouse_id, "report_id": newer, "older_id": older, "code": "expired"}
    for enabled in (False, True):
        answer = ask("PUT", "/rules/{code}" + OF_WAREHOUSE, {"enabled": enabled}, USER, ids)
        assert answer.status == 200
        for more in ({}, {"warehouse_id": warehouse_id}):
            assert ask("POST", "/suppressions", {**SUPPRESSION, **more}, USER).status == 201
        learned = {"id": f"{enabled:020x}", "name": "x", "columns": [], "fits": {}}
        learned["choice"] = {"column_mapping": {}}
        learned["report_id"] = newer
        write(repositories.mapping_repository().learn("alice", learned, None))
    for name in ("A", "B"):
        view = {"list": "anomalies", "query": {}}
        assert ask("PUT", "/users/me/views/{name}", view, USER, {"name": name}).status == 200
        repositories.notification_repository().add(
            USER.user_id,
            NotificationKind.REPORT_READY,
            iso(utc_now()),
            name,
            facts={"report_id": newer},
        )
    write_entries(f"warehouse:{warehouse_id}")
    users = repositories.user_repository()
    for name in ("vera.2", "victor"):
        if users.find(name) is None:
            users.add(name, "no password")
    for number in range(2):
        invitation = {"email": f"bea.{number}@example.com"}
        assert ask("POST", "/invitations", invitation, ADMIN).status == 201
    for _ in range(2):
        assert ask("POST", "/warehouses", {"name": "Of the admin"}, ADMIN).status == 201
    catalog = create_catalog(warehouse_id)
    return {**ids, "pallet_id": "P-0000", **catalog}


def create_catalog(warehouse_id: str) -> dict[str, str]:
    """Two more of each kind of master data; the ids of a supplier with two parts, and of an item in
    two lots."""
    paths = ("/suppliers", "/categories", "/inventory-types")
    suppliers, *_ = (
        [ask("POST", path, {"name": new_id("x")}, ADMIN).json["id"] for _ in range(2)]
        for path in paths
    )
    for number in range(2):
        announced = ask("POST", "/items/imports", {"filename": f"{number}.csv"}, ADMIN)
        assert announced.status == 201, announced.body
        item_id = ask("POST", "/items", {"name": f"Nut {number}"}, ADMIN).json["id"]
        ids = {"supplier_id": suppliers[0], "item_id": item_id, "warehouse_id": warehouse_id}
        for lot in ("L-1", "L-2"):
            received = ask("POST", "/movements", RECEIPT, ADMIN, {**ids, "lot": lot})
            assert received.status == 201, received.body
            assert ask("POST", "/counts", COUNT, ADMIN, {**ids, "lot": lot}).status == 201
        elsewhere = {**RECEIPT, "location": "B-01", "lot": None}
        assert ask("POST", "/movements", elsewhere, ADMIN, ids).status == 201
        for _ in range(2):
            assert ask("POST", "/consumption", CONSUMPTION, ADMIN, ids).status == 201
        kit_id = ask("POST", "/items", {"name": f"Kit {number}"}, ADMIN).json["id"]
        kit = {"components": [{"item_id": item_id, "quantity": 1}]}
        path = "/items/{item_id}/components"
        assert ask("PUT", path, kit, ADMIN, {"item_id": kit_id}).status == 200
        part = {**PART, "unit": "pcs"}
        path = "/suppliers/{supplier_id}/parts/{item_id}"
        assert ask("PUT", path, part, ADMIN, ids).status == 200
    ids = {"supplier_id": suppliers[0], "item_id": item_id, "warehouse_id": warehouse_id}
    return {**ids, "order_id": create_orders(ids)}


def create_orders(ids: dict[str, str]) -> str:
    """Two orders of a kind; the id of one with two movements."""
    for _ in range(2):
        order_id = str(ask("POST", "/orders", ORDER, ADMIN, ids).json["id"])
    path, own = "/orders/{order_id}", {**ids, "order_id": order_id}
    assert ask("POST", f"{path}/place", None, ADMIN, own).status == 200
    one = {"lines": [{"line_id": "0001", "quantity": 1}]}
    for _ in range(2):
        assert ask("POST", f"{path}/receive", one, ADMIN, own).status == 200
    return order_id


def create_figures(warehouse_id: str) -> None:
    """Two items that were used, of types of their own, and two that lie; what projections make of
    all there is."""
    for number in range(4):
        kind = ask("POST", "/inventory-types", {"name": new_id("x")}, ADMIN).json["id"]
        facts = {"name": f"Bolt {number}", "unit_cost": "1.00", "inventory_type": kind}
        facts["reorder_point"] = 50
        item_id = ask("POST", "/items", facts, ADMIN).json["id"]
        ids = {"item_id": item_id, "warehouse_id": warehouse_id, "lot": "L-1"}
        received = {**RECEIPT, "effective_at": iso(utc_now() - timedelta(days=99))}
        assert ask("POST", "/movements", received, ADMIN, ids).status == 201
        if number < 2:
            issued = {**RECEIPT, "kind": "issue", "quantity": number + 1}
            assert ask("POST", "/movements", issued, ADMIN, ids).status == 201
        supplier = ask("POST", "/suppliers", {"name": new_id("x")}, ADMIN).json["id"]
        bought = {"type": "purchase", "supplier_id": supplier, "warehouse_id": warehouse_id}
        bought["lines"] = [{"item_id": item_id, "quantity": 1, "price": "1.00"}]
        order = ask("POST", "/orders", bought, ADMIN)
        assert order.status == 201, order.body
        placed = ask(
            "POST", "/orders/{order_id}/place", None, ADMIN, {"order_id": order.json["id"]}
        )
        assert placed.status == 200, placed.body
    rebuild().run()
    refresh().run()


def write_entries(*scopes: str) -> None:
    """Two entries of each scope, as they are once they are sealed."""
    for scope in ("company", "security", *scopes):
        for number in range(2):
            change = Change(scope, "item.changed", f"user/{ADMIN.user_id}", {})
            item = entry_item(Origin("usr_1", ""), change, utc_now())
            sealed = {"seq": number + 1, "listed": keys.listed(item), "hash": "0" * 64}
            write(stores.audit_table().put({**item, **sealed}))


def page(path: str, ids: dict[str, str], cursor: str | None) -> Any:
    more = {"limit": "1", **({"cursor": cursor} if cursor else {})}
    query = "&".join(f"{name}={value}" for name, value in more.items())
    is_own = path.startswith(OWN)
    caller = ADMIN if path.startswith(OF_ADMINS) and not is_own else USER
    return ask("GET", f"{path}{'&' if '?' in path else '?'}{query}", None, caller, ids)


def damaged(cursor: str) -> list[str]:
    middle, other = len(cursor) // 2, "A" if cursor[-1] != "A" else "B"
    return [
        cursor[:middle],
        cursor[:-1],
        cursor[1:],
        cursor + "A",
        cursor[:-1] + other,
        cursor[:middle] + ("x" if cursor[middle] != "x" else "y") + cursor[middle + 1 :],
        cursor[::-1],
        cursor.upper(),
        "x",
        "null",
        "W10",  # []
        "%00",
        "%2e%2e",
        "9" * 400,
    ]


@pytest.mark.usefixtures("_people")
def test_cursors() -> None:
    ids, others = create_pairs(), create_pairs()
    create_figures(ids["warehouse_id"])
    cursors: dict[str, str] = {}
    for path in PATHS:
        first = page(path, ids, None)
        assert first.status == 200, (path, first.body)
        cursors[path] = first.json["next_cursor"]
        assert cursors[path], path
        second = page(path, ids, cursors[path])
        assert second.status == 200, (path, second.body)
        assert second.json != first.json
    for path, cursor in cursors.items():
        for wrong in damaged(cursor):
            assert "cursor" in problem(page(path, ids, wrong), 400)["detail"], (path, wrong)
        for other, foreign in cursors.items():
            if other != path:
                problem(page(path, ids, foreign), 400), other
        if "{" in path:
            problem(page(path, others, cursor), 400), path


def test_a_bulk_change_goes_on_by_its_own_cursor_too() -> None:
    ids = create_pairs()
    foreign = page("/anomalies?report_id={report_id}", ids, None).json["next_cursor"]
    for cursor in ("x", foreign[:-2], foreign):
        body = {"filter": {"report_id": "{report_id}"}, "status": "New", "cursor": cursor}
        answer = ask("POST", "/anomalies/status", body, USER, ids)
        # Under the same filters the cursor is valid: both lists have the same order.
        assert answer.status == (200 if cursor == foreign else 400), answer.body
