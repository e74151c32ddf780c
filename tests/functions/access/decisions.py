"""Who may use which route: the decisions that the tests beside this hold us to.

A route of docs/openapi.json that is in none of these tables fails `test_every_route_is_decided`.
Paths and bodies name what the world (`world.py`) has: `{report_id}`, `{warehouse_id}`, …
"""

from datetime import UTC, datetime
from typing import Any, NamedTuple

from stockwarden.identity.access import Caller, MembershipRole
from tests.support.gateway import OTHER, USER

VIEWER, OPERATOR = MembershipRole.VIEWER, MembershipRole.OPERATOR
MANAGER, OWNER = MembershipRole.MANAGER, MembershipRole.OWNER
CALLERS = {
    MembershipRole.STRANGER: OTHER,
    VIEWER: Caller("vera", "user", "s-vera"),
    OPERATOR: Caller("oscar", "user", "s-oscar"),
    MANAGER: Caller("mary", "user", "s-mary"),
    OWNER: USER,
}

TODAY = datetime.now(UTC).date().isoformat()
SUPPRESSION = {
    "rule": "stagnant-pallet",
    "subject_pattern": "BOX-*",
    "until": TODAY,
    "reason": "Empty boxes.",
}


class Decided(NamedTuple):
    """`least` is the weakest standing that is answered, with `status`; who is weaker but belongs
    to the warehouse gets 403, a stranger 404. `once`: done, it cannot be done again."""

    method: str
    path: str
    least: MembershipRole
    body: Any = None
    status: int = 200
    once: bool = False

    @property
    def route(self) -> tuple[str, str]:
        return self.method, self.path.partition("?")[0]


# For everybody who is signed in: it concerns only their own things.
EVERYBODY: dict[tuple[str, str], Any] = {
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
    ("GET", "/suppressions"): None,
    ("POST", "/suppressions"): SUPPRESSION,
}
# By an id that only its owner ever has, whatever the warehouse.
PERSONAL = {("PUT", "/mappings/{mapping_id}"), ("DELETE", "/mappings/{mapping_id}")}

MAPPING = {"column_mapping": {"Description": "description"}}
COSTS, RULE = {"currency": "USD"}, {"enabled": False}
_RULES = "?warehouse_id={warehouse_id}"

DECIDED = [
    # Reports: whoever works there sends them, managers delete them.
    Decided("GET", "/reports/{report_id}", VIEWER),
    Decided("GET", "/reports/{report_id}/details", VIEWER),
    Decided("GET", "/reports/{report_id}/preview", VIEWER),
    Decided("GET", "/reports/{report_id}/diff?against={older_id}", VIEWER),
    Decided("GET", "/reports/{report_id}/locations", VIEWER),
    Decided("GET", "/reports/{report_id}/what-if?rule={code}", VIEWER),
    Decided("PATCH", "/reports/{report_id}", OPERATOR, {"report_name": "Other"}),
    Decided(
        "PATCH", "/reports/{report_id}", MANAGER, {"warehouse_id": "{warehouse_id}"}, 202, once=True
    ),
    Decided("PATCH", "/reports/{report_id}", MANAGER, {"warehouse_id": None}, 202, once=True),
    Decided("PUT", "/reports/{report_id}/mapping", OPERATOR, MAPPING, 202, once=True),
    Decided("POST", "/reports/{report_id}/reanalysis", OPERATOR, {}, 202, once=True),
    Decided("DELETE", "/reports/{report_id}", MANAGER, status=204, once=True),
    Decided("POST", "/reports/{report_id}/exports", VIEWER, {"format": "xlsx"}, 202),
    Decided("GET", "/reports/{report_id}/exports/{export_id}", VIEWER),
    # Anomalies
    Decided("GET", "/anomalies?report_id={report_id}", VIEWER),
    Decided("GET", "/anomalies?warehouse_id={warehouse_id}", VIEWER),
    Decided("GET", "/anomalies/{anomaly_id}", VIEWER),
    Decided("PATCH", "/anomalies/{anomaly_id}", OPERATOR, {"assignee": "oscar"}),
    Decided("POST", "/anomalies/{anomaly_id}/status", OPERATOR, {"status": "Resolved"}),
    Decided("POST", "/anomalies/{anomaly_id}/comments", OPERATOR, {"comment": "Seen."}, 201),
    Decided(
        "POST",
        "/anomalies/status",
        OPERATOR,
        {"filter": {"report_id": "{report_id}"}, "status": "New"},
    ),
    Decided(
        "PATCH", "/anomalies", OPERATOR, {"filter": {"report_id": "{report_id}"}, "due_date": None}
    ),
    # The warehouse and what it sets
    Decided("GET", "/warehouses/{warehouse_id}", VIEWER),
    Decided("PATCH", "/warehouses/{warehouse_id}", MANAGER, {"name": "South"}),
    Decided("PUT", "/warehouses/{warehouse_id}/layout", MANAGER, []),
    Decided("DELETE", "/warehouses/{warehouse_id}", OWNER, status=204, once=True),
    Decided("GET", "/warehouses/{warehouse_id}/utilization", VIEWER),
    Decided("GET", "/warehouses/{warehouse_id}/trends", VIEWER),
    Decided("GET", "/pallets/{pallet_id}" + _RULES, VIEWER),
    Decided("GET", "/warehouses/{warehouse_id}/costs", VIEWER),
    Decided("PUT", "/warehouses/{warehouse_id}/costs", MANAGER, COSTS),
    Decided("GET", "/rules" + _RULES, VIEWER),
    Decided("GET", "/rules/{code}" + _RULES, VIEWER),
    Decided("PUT", "/rules/{code}" + _RULES, MANAGER, RULE),
    Decided("DELETE", "/rules/{code}" + _RULES, MANAGER, status=204),
    Decided("GET", "/rules/{code}/versions" + _RULES, VIEWER),
    Decided("GET", "/rules/{code}/suggestion" + _RULES, VIEWER),
    Decided("POST", "/rules/{code}/backtest", VIEWER, {"warehouse_id": "{warehouse_id}"}),
    Decided("GET", "/suppressions" + _RULES, VIEWER),
    Decided(
        "POST", "/suppressions", MANAGER, {**SUPPRESSION, "warehouse_id": "{warehouse_id}"}, 201
    ),
    Decided("DELETE", "/suppressions/{suppression_id}", MANAGER, status=204, once=True),
    # Who shares it: managers decide about viewers and operators, the owner about managers.
    Decided("GET", "/warehouses/{warehouse_id}/members", VIEWER),
    Decided("GET", "/warehouses/{warehouse_id}/members/{username}", VIEWER),
    Decided("PUT", "/warehouses/{warehouse_id}/members/{username}", MANAGER, {"role": "operator"}),
    Decided("PUT", "/warehouses/{warehouse_id}/members/{username}", OWNER, {"role": "manager"}),
    Decided(
        "DELETE", "/warehouses/{warehouse_id}/members/{username}", MANAGER, status=204, once=True
    ),
]
