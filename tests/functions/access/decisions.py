"""Which role may use which route: the decisions that the tests beside this check.

A route of docs/openapi.json that is in none of these tables fails `test_every_route_is_decided`.
Paths and bodies name what the world (`world.py`) has: `{report_id}`, `{warehouse_id}`, …
"""

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from stockwarden.identity.access import Caller, MembershipRole, Role
from tests.support.gateway import OTHER, USER

VIEWER, OPERATOR = MembershipRole.VIEWER, MembershipRole.OPERATOR
MANAGER, OWNER = MembershipRole.MANAGER, MembershipRole.OWNER
CALLERS = {
    MembershipRole.STRANGER: OTHER,
    VIEWER: Caller("vera", "usr_vera", Role.MEMBER, "s-vera"),
    OPERATOR: Caller("oscar", "usr_oscar", Role.MEMBER, "s-oscar"),
    MANAGER: Caller("mary", "usr_mary", Role.MEMBER, "s-mary"),
    OWNER: USER,
}

NEXT_WEEK = (datetime.now(UTC).date() + timedelta(days=7)).isoformat()
SUPPRESSION = {
    "rule": "stagnant-pallet",
    "subject_pattern": "BOX-*",
    "until": NEXT_WEEK,
    "reason": "Empty boxes.",
}
UNIT = {"code": "box", "name": "Box", "dimension": "count", "factor": "12"}
RECEIPT = {
    "item_id": "{item_id}",
    "warehouse_id": "{warehouse_id}",
    "location": "A-01",
    "lot": "{lot}",
    "kind": "receipt",
    "quantity": 5,
}
RESERVATION = {
    "item_id": "{item_id}",
    "warehouse_id": "{warehouse_id}",
    "location": "A-01",
    "lot": "{lot}",
    "quantity": 1,
}
CONSUMPTION = {
    "item_id": "{item_id}",
    "warehouse_id": "{warehouse_id}",
    "location": "B-01",
    "quantity": 1,
    "purpose": "Shelf",
}
ASSEMBLY = {"quantity": 1, "warehouse_id": "{warehouse_id}"}
COUNT = {"lines": [{"item_id": "{item_id}", "warehouse_id": "{warehouse_id}"}]}
ORDER = {
    "type": "purchase",
    "supplier_id": "{supplier_id}",
    "warehouse_id": "{warehouse_id}",
    "lines": [{"item_id": "{item_id}", "quantity": 2, "price": "1.00"}],
}
RECEIVED = {"lines": [{"line_id": "0001", "quantity": 1, "lot": "{lot}", "location": "A-01"}]}
PART = {"part_number": "N-1", "unit": "box", "pack_size": 2, "price": "12.50"}


class Decision(NamedTuple):
    """`least` is the weakest role that is allowed and answered with `status`; weaker members get
    403, strangers 404. `once`: the request cannot be repeated on the same data."""

    method: str
    path: str
    least: MembershipRole
    body: Any = None
    status: int = 200
    once: bool = False

    @property
    def route(self) -> tuple[str, str]:
        return self.method, route_path(self.path)


def route_path(path: str) -> str:
    """The path of the API whose parameters a path of these tables fills."""
    return path.partition("?")[0].replace("{empty_id}", "{warehouse_id}")


# For every signed-in user: only their own resources.
EVERYBODY: dict[tuple[str, str], Any] = {
    ("GET", "/report-logs"): None,
    ("GET", "/reports"): None,
    ("POST", "/reports"): {"filename": "stock.csv"},
    ("GET", "/warehouses"): None,
    ("POST", "/warehouses"): {"name": "North"},
    ("GET", "/anomalies"): None,
    ("POST", "/anomalies/status"): {"ids": ["x"], "status": "New"},
    ("PATCH", "/anomalies"): {"ids": ["x"], "due_date": None},
    ("GET", "/mappings"): None,
    ("GET", "/rules"): None,
    ("GET", "/rules/{code}"): None,
    ("GET", "/search"): None,
    ("GET", "/suppressions"): None,
    ("POST", "/suppressions"): SUPPRESSION,
    ("GET", "/users/me"): None,
    ("PATCH", "/users/me"): {"name": "Somebody Else"},
    ("GET", "/users/me/security-events"): None,
    ("GET", "/users/me/notifications"): None,
    ("GET", "/users/me/sessions"): None,
    ("GET", "/users/me/tokens"): None,
    ("POST", "/users/me/tokens"): {
        "name": "WMS",
        "scopes": ["reports:write"],
        "expires_at": f"{NEXT_WEEK}T00:00:00Z",
    },
    ("GET", "/users/me/views"): None,
    ("PUT", "/users/me/views/{name}"): {"list": "anomalies", "query": {"status": "open"}},
}
# Of the company: what the account's role decides, whatever the warehouse.
COMPANY: dict[tuple[str, str], tuple[Role, Any]] = {
    ("GET", "/admin/dead-letters"): (Role.ADMIN, None),
    ("POST", "/admin/dead-letters/redrive"): (Role.ADMIN, None),
    ("GET", "/admin/statistics"): (Role.ADMIN, None),
    ("GET", "/audit-logs"): (Role.MANAGER, None),
    ("POST", "/audit-logs/exports"): (Role.MANAGER, {"format": "csv"}),
    ("GET", "/audit-logs/verification"): (Role.ADMIN, None),
    ("GET", "/security/events"): (Role.ADMIN, None),
    ("GET", "/users"): (Role.ADMIN, None),
    ("GET", "/users/{username}"): (Role.ADMIN, None),
    ("PATCH", "/users/{username}"): (Role.ADMIN, {"disabled": False}),
    ("DELETE", "/users/{username}"): (Role.ADMIN, None),
    ("DELETE", "/users/{username}/sessions"): (Role.ADMIN, None),
    ("GET", "/invitations"): (Role.ADMIN, None),
    ("POST", "/invitations"): (Role.ADMIN, {"email": "new@example.com"}),
    ("DELETE", "/invitations/{invitation_id}"): (Role.ADMIN, None),
    ("GET", "/analytics/abc"): (Role.VIEWER, None),
    ("GET", "/analytics/consumption"): (Role.VIEWER, None),
    ("GET", "/analytics/low-stock"): (Role.VIEWER, None),
    ("GET", "/analytics/orders"): (Role.VIEWER, None),
    ("GET", "/analytics/slow-movers"): (Role.VIEWER, None),
    ("GET", "/analytics/stock-value"): (Role.VIEWER, None),
    ("GET", "/analytics/suppliers"): (Role.VIEWER, None),
    ("GET", "/analytics/turnover"): (Role.VIEWER, None),
    ("GET", "/items"): (Role.VIEWER, None),
    ("POST", "/items"): (Role.MANAGER, {"name": "Bolt"}),
    ("POST", "/items/exports"): (Role.VIEWER, {"list": "items", "format": "csv"}),
    ("GET", "/items/imports"): (Role.MANAGER, None),
    ("POST", "/items/imports"): (Role.MANAGER, {"filename": "items.xlsx"}),
    ("GET", "/items/imports/{import_id}"): (Role.MANAGER, None),
    ("PUT", "/items/imports/{import_id}"): (Role.MANAGER, {"dry_run": False}),
    ("DELETE", "/items/imports/{import_id}"): (Role.MANAGER, None),
    ("GET", "/items/by-code"): (Role.VIEWER, None),
    ("GET", "/items/{item_id}"): (Role.VIEWER, None),
    ("PUT", "/items/{item_id}"): (Role.MANAGER, {"name": "Bolt"}),
    ("PATCH", "/items/{item_id}"): (Role.MANAGER, {"description": "M8"}),
    ("DELETE", "/items/{item_id}"): (Role.MANAGER, None),
    ("GET", "/items/{item_id}/lots"): (Role.VIEWER, None),
    ("GET", "/items/{item_id}/lots/{lot}"): (Role.VIEWER, None),
    ("PATCH", "/items/{item_id}/lots/{lot}"): (Role.MANAGER, {"status": "quarantined"}),
    ("GET", "/items/{item_id}/movements"): (Role.VIEWER, None),
    ("GET", "/items/{item_id}/pallets"): (Role.VIEWER, None),
    ("GET", "/items/{item_id}/stock"): (Role.VIEWER, None),
    ("GET", "/warehouses/{warehouse_id}/stock"): (Role.VIEWER, None),
    ("POST", "/movements"): (Role.OPERATOR, RECEIPT),
    ("POST", "/movements/{movement_id}/reversal"): (Role.OPERATOR, {"reason": "Typo."}),
    ("GET", "/counts"): (Role.VIEWER, None),
    ("POST", "/counts"): (Role.OPERATOR, COUNT),
    ("GET", "/counts/{count_id}"): (Role.VIEWER, None),
    ("POST", "/counts/{count_id}/post"): (
        Role.OPERATOR,
        {"lines": [{"line": 1, "quantity": 0}]},
    ),
    ("GET", "/orders"): (Role.VIEWER, None),
    ("POST", "/orders"): (Role.MANAGER, ORDER),
    ("GET", "/orders/{order_id}"): (Role.VIEWER, None),
    ("PATCH", "/orders/{order_id}"): (Role.MANAGER, {"note": "By the gate."}),
    ("GET", "/orders/{order_id}/movements"): (Role.VIEWER, None),
    ("POST", "/orders/{order_id}/place"): (Role.MANAGER, None),
    ("POST", "/orders/{order_id}/cancel"): (Role.MANAGER, None),
    ("POST", "/orders/{order_id}/receive"): (Role.OPERATOR, RECEIVED),
    ("POST", "/orders/{order_id}/ship"): (Role.OPERATOR, {}),
    ("POST", "/orders/{order_id}/return"): (Role.OPERATOR, RECEIVED),
    ("POST", "/reservations"): (Role.OPERATOR, RESERVATION),
    ("GET", "/reservations/{reservation_id}"): (Role.VIEWER, None),
    ("POST", "/reservations/{reservation_id}/post"): (Role.OPERATOR, None),
    ("POST", "/reservations/{reservation_id}/void"): (Role.OPERATOR, None),
    ("GET", "/kits"): (Role.VIEWER, None),
    ("GET", "/items/{item_id}/components"): (Role.VIEWER, None),
    ("PUT", "/items/{item_id}/components"): (Role.MANAGER, {"components": []}),
    ("GET", "/items/{item_id}/availability"): (Role.VIEWER, None),
    ("POST", "/items/{item_id}/assemble"): (Role.OPERATOR, ASSEMBLY),
    ("POST", "/items/{item_id}/disassemble"): (Role.OPERATOR, ASSEMBLY),
    ("GET", "/consumption"): (Role.VIEWER, None),
    ("POST", "/consumption"): (Role.OPERATOR, CONSUMPTION),
    ("POST", "/consumption/{consumption_id}/correction"): (Role.OPERATOR, {}),
    ("GET", "/consumption/rates"): (Role.VIEWER, None),
    ("GET", "/units"): (Role.VIEWER, None),
    ("POST", "/units"): (Role.MANAGER, UNIT),
    ("GET", "/units/convert"): (Role.VIEWER, None),
    ("GET", "/units/{unit_code}"): (Role.VIEWER, None),
    ("PATCH", "/units/{unit_code}"): (Role.MANAGER, {"name": "Carton"}),
    ("DELETE", "/units/{unit_code}"): (Role.MANAGER, None),
    ("GET", "/categories"): (Role.VIEWER, None),
    ("POST", "/categories"): (Role.MANAGER, {"name": "Fasteners"}),
    ("GET", "/categories/{category_id}"): (Role.VIEWER, None),
    ("PATCH", "/categories/{category_id}"): (Role.MANAGER, {"archived": True}),
    ("DELETE", "/categories/{category_id}"): (Role.MANAGER, None),
    ("GET", "/suppliers"): (Role.VIEWER, None),
    ("POST", "/suppliers"): (Role.MANAGER, {"name": "Bolts & Co"}),
    ("GET", "/suppliers/{supplier_id}"): (Role.VIEWER, None),
    ("PATCH", "/suppliers/{supplier_id}"): (Role.MANAGER, {"archived": True}),
    ("DELETE", "/suppliers/{supplier_id}"): (Role.MANAGER, None),
    ("GET", "/suppliers/{supplier_id}/parts"): (Role.VIEWER, None),
    ("GET", "/suppliers/{supplier_id}/parts/{item_id}"): (Role.VIEWER, None),
    ("PUT", "/suppliers/{supplier_id}/parts/{item_id}"): (Role.MANAGER, PART),
    ("DELETE", "/suppliers/{supplier_id}/parts/{item_id}"): (Role.MANAGER, None),
    ("GET", "/inventory-types"): (Role.VIEWER, None),
    ("POST", "/inventory-types"): (Role.MANAGER, {"name": "Food", "demands_lot": True}),
    ("GET", "/inventory-types/{type_id}"): (Role.VIEWER, None),
    ("PATCH", "/inventory-types/{type_id}"): (Role.MANAGER, {"archived": True}),
    ("DELETE", "/inventory-types/{type_id}"): (Role.MANAGER, None),
}
# Of these, also a role in the warehouse: who has none there is answered 404.
ALSO_IN_WAREHOUSE: dict[tuple[str, str], MembershipRole] = {
    ("GET", "/warehouses/{warehouse_id}/stock"): VIEWER,
    ("GET", "/counts"): VIEWER,
    ("POST", "/movements"): OPERATOR,
    ("POST", "/movements/{movement_id}/reversal"): OPERATOR,
    ("POST", "/counts"): OPERATOR,
    ("POST", "/counts/{count_id}/post"): OPERATOR,
    ("POST", "/orders"): VIEWER,
    ("POST", "/orders/{order_id}/receive"): OPERATOR,
    ("POST", "/orders/{order_id}/ship"): OPERATOR,
    ("POST", "/orders/{order_id}/return"): OPERATOR,
    ("POST", "/reservations"): OPERATOR,
    ("POST", "/reservations/{reservation_id}/post"): OPERATOR,
    ("POST", "/reservations/{reservation_id}/void"): OPERATOR,
    ("POST", "/items/{item_id}/assemble"): OPERATOR,
    ("POST", "/items/{item_id}/disassemble"): OPERATOR,
    ("POST", "/consumption"): OPERATOR,
    ("POST", "/consumption/{consumption_id}/correction"): OPERATOR,
}
# The order of the scenario is a purchase of which one piece has come: who may, is told 409.
NOT_IN_ITS_STATE = {("POST", "/orders/{order_id}/ship")}
# What a route of these takes in its query.
QUERIES = {
    ("GET", "/counts"): "?warehouse_id={warehouse_id}",
    ("GET", "/items/by-code"): "?code=NUT-1",
    ("GET", "/consumption/rates"): "?item_id={item_id}",
    ("GET", "/search"): "?q=pallet",
    ("GET", "/units/convert"): "?quantity=1&from=lb&to=kg",
}
# Changes of the caller's own account; tests/functions/auth has what follows.
OWN_ACCOUNT: dict[tuple[str, str], Any] = {
    ("DELETE", "/users/me"): {"password": "wrong"},
    ("DELETE", "/users/me/sessions"): None,
    ("POST", "/users/me/notifications/read"): {"ids": []},
    ("POST", "/users/me/otp"): {"password": "wrong"},
    ("POST", "/users/me/otp/confirm"): {"code": "123456"},
    ("DELETE", "/users/me/otp"): {"password": "wrong"},
    ("PUT", "/users/me/password"): {
        "current_password": "wrong",
        "new_password": "eleven blue pallets",
    },
}
# Resources of one user, whatever the warehouse.
PERSONAL = {
    ("GET", "/audit-logs/exports/{export_id}"),
    ("GET", "/items/exports/{export_id}"),
    ("PUT", "/mappings/{mapping_id}"),
    ("DELETE", "/mappings/{mapping_id}"),
    ("DELETE", "/users/me/sessions/{session_id}"),
    ("DELETE", "/users/me/tokens/{token_id}"),
    ("GET", "/users/me/views/{name}"),
    ("DELETE", "/users/me/views/{name}"),
}

MAPPING = {"column_mapping": {"Description": "description"}}
COSTS, RULE = {"currency": "USD"}, {"enabled": False}
_RULES = "?warehouse_id={warehouse_id}"

DECISIONS = [
    # Reports: operators create them, managers delete them.
    Decision("GET", "/reports/{report_id}", VIEWER),
    Decision("GET", "/reports/{report_id}/details", VIEWER),
    Decision("GET", "/reports/{report_id}/preview", VIEWER),
    Decision("GET", "/reports/{report_id}/diff?against={older_id}", VIEWER),
    Decision("GET", "/reports/{report_id}/locations", VIEWER),
    Decision("GET", "/reports/{report_id}/what-if?rule={code}", VIEWER),
    Decision("PATCH", "/reports/{report_id}", OPERATOR, {"report_name": "Other"}),
    Decision(
        "PATCH", "/reports/{report_id}", MANAGER, {"warehouse_id": "{warehouse_id}"}, 202, once=True
    ),
    Decision("PATCH", "/reports/{report_id}", MANAGER, {"warehouse_id": None}, 202, once=True),
    Decision("PUT", "/reports/{report_id}/mapping", OPERATOR, MAPPING, 202, once=True),
    Decision("POST", "/reports/{report_id}/reanalysis", OPERATOR, {}, 202, once=True),
    Decision("DELETE", "/reports/{report_id}", MANAGER, status=204, once=True),
    Decision("POST", "/reports/{report_id}/exports", VIEWER, {"format": "xlsx"}, 202),
    Decision("GET", "/reports/{report_id}/exports/{export_id}", VIEWER),
    Decision("GET", "/report-logs?warehouse_id={warehouse_id}", MANAGER),
    # Anomalies
    Decision("GET", "/anomalies?report_id={report_id}", VIEWER),
    Decision("GET", "/anomalies?warehouse_id={warehouse_id}", VIEWER),
    Decision("GET", "/anomalies/{anomaly_id}", VIEWER),
    Decision("PATCH", "/anomalies/{anomaly_id}", OPERATOR, {"assignee": "oscar"}),
    Decision("POST", "/anomalies/{anomaly_id}/status", OPERATOR, {"status": "Resolved"}),
    Decision("POST", "/anomalies/{anomaly_id}/comments", OPERATOR, {"comment": "Seen."}, 201),
    Decision(
        "POST",
        "/anomalies/status",
        OPERATOR,
        {"filter": {"report_id": "{report_id}"}, "status": "New"},
    ),
    Decision(
        "PATCH", "/anomalies", OPERATOR, {"filter": {"report_id": "{report_id}"}, "due_date": None}
    ),
    # The warehouse and what it sets
    Decision("GET", "/warehouses/{warehouse_id}", VIEWER),
    Decision("PATCH", "/warehouses/{warehouse_id}", MANAGER, {"name": "South"}),
    Decision("PUT", "/warehouses/{warehouse_id}/layout", MANAGER, []),
    # Where stock was never moved: from the other one, this is a conflict.
    Decision("DELETE", "/warehouses/{empty_id}", OWNER, status=204, once=True),
    Decision("GET", "/warehouses/{warehouse_id}/utilization", VIEWER),
    Decision("GET", "/warehouses/{warehouse_id}/trends", VIEWER),
    Decision("GET", "/pallets/{pallet_id}" + _RULES, VIEWER),
    Decision("GET", "/warehouses/{warehouse_id}/costs", VIEWER),
    Decision("PUT", "/warehouses/{warehouse_id}/costs", MANAGER, COSTS),
    Decision("GET", "/rules" + _RULES, VIEWER),
    Decision("GET", "/rules/{code}" + _RULES, VIEWER),
    Decision("PUT", "/rules/{code}" + _RULES, MANAGER, RULE),
    Decision("DELETE", "/rules/{code}" + _RULES, MANAGER, status=204),
    Decision("GET", "/rules/{code}/versions" + _RULES, VIEWER),
    Decision("GET", "/rules/{code}/suggestion" + _RULES, VIEWER),
    Decision("GET", "/rules/{code}/proposals" + _RULES, VIEWER),
    Decision("POST", "/rules/{code}/backtest", VIEWER, {"warehouse_id": "{warehouse_id}"}),
    Decision("GET", "/suppressions" + _RULES, VIEWER),
    Decision(
        "POST", "/suppressions", MANAGER, {**SUPPRESSION, "warehouse_id": "{warehouse_id}"}, 201
    ),
    Decision("DELETE", "/suppressions/{suppression_id}", MANAGER, status=204, once=True),
    Decision("GET", "/audit-logs" + _RULES, MANAGER),
    Decision(
        "POST",
        "/audit-logs/exports",
        MANAGER,
        {"format": "csv", "filters": {"warehouse_id": "{warehouse_id}"}},
        202,
    ),
    # Members: managers change viewers and operators, the owner changes managers.
    Decision("GET", "/warehouses/{warehouse_id}/members", VIEWER),
    Decision("GET", "/warehouses/{warehouse_id}/members/{username}", VIEWER),
    Decision("PUT", "/warehouses/{warehouse_id}/members/{username}", MANAGER, {"role": "operator"}),
    Decision("PUT", "/warehouses/{warehouse_id}/members/{username}", OWNER, {"role": "manager"}),
    Decision(
        "DELETE", "/warehouses/{warehouse_id}/members/{username}", MANAGER, status=204, once=True
    ),
]
