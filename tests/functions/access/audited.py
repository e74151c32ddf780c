"""The entry that each writing route leaves in the audit log, for the tests beside this.

A writing route of docs/openapi.json that is in none of these tables fails
`test_every_writing_route_is_listed`. Ids in braces are those of the sharing scenario.
"""

from typing import Any, NamedTuple


class Expected(NamedTuple):
    """`{created}` is the id of what the request creates; `fields` are those that must have
    changed."""

    action: str
    object: str
    scope: str = "warehouse:{warehouse_id}"
    fields: frozenset[str] = frozenset()


def entry(
    action: str, about: str, *fields: str, scope: str = Expected._field_defaults["scope"]
) -> Expected:
    return Expected(action, about, scope, frozenset(fields))


# By route, in the order of the route's decisions. A body replaces that of the decision, where that
# would change nothing.
IN_WAREHOUSE: dict[tuple[str, str], list[Expected]] = {
    ("PATCH", "/anomalies/{anomaly_id}"): [
        entry("anomaly.assigned", "anomaly/{anomaly_id}", "assignee")
    ],
    ("POST", "/anomalies/{anomaly_id}/status"): [
        entry("anomaly.status_changed", "anomaly/{anomaly_id}", "status")
    ],
    ("POST", "/anomalies/{anomaly_id}/comments"): [
        entry("anomaly.commented", "anomaly/{anomaly_id}", "comment")
    ],
    ("POST", "/anomalies/status"): [
        entry("anomaly.status_changed", "anomaly/{anomaly_id}", "status")
    ],
    ("PATCH", "/anomalies"): [entry("anomaly.assigned", "anomaly/{anomaly_id}", "due_date")],
    ("PATCH", "/reports/{report_id}"): [
        entry("report.renamed", "report/{report_id}", "report_name"),
        # It is there already, so it is only analyzed again.
        entry("report.moved", "report/{report_id}"),
        entry("report.moved", "report/{report_id}", "warehouse_id"),
    ],
    ("PUT", "/reports/{report_id}/mapping"): [
        entry("report.mapped", "report/{report_id}", "choice.fields")
    ],
    ("POST", "/reports/{report_id}/reanalysis"): [
        entry("report.reanalyzed", "report/{report_id}", "rules")
    ],
    ("DELETE", "/reports/{report_id}"): [
        entry("report.deleted", "report/{report_id}", "report_name", "filename", "warehouse_id")
    ],
    ("POST", "/reports/{report_id}/exports"): [
        entry("report.exported", "report/{report_id}", "export", "format", "assignee")
    ],
    ("POST", "/audit-logs/exports"): [
        entry("audit_log.exported", "audit_log/warehouse:{warehouse_id}", "export", "format")
    ],
    ("PATCH", "/warehouses/{warehouse_id}"): [
        entry("warehouse.changed", "warehouse/{warehouse_id}", "name")
    ],
    ("PUT", "/warehouses/{warehouse_id}/layout"): [
        entry(
            "warehouse.layout_replaced", "warehouse/{warehouse_id}", "layout_version", "layout_rows"
        )
    ],
    ("DELETE", "/warehouses/{warehouse_id}"): [
        entry(
            "warehouse.deleted",
            "warehouse/{empty_id}",
            "name",
            "timezone",
            scope="warehouse:{empty_id}",
        )
    ],
    ("PUT", "/warehouses/{warehouse_id}/costs"): [
        entry("costs.replaced", "costs/{warehouse_id}", "currency")
    ],
    ("PUT", "/rules/{code}"): [entry("rule.changed", "rule/{code}", "enabled")],
    ("DELETE", "/rules/{code}"): [entry("rule.reset", "rule/{code}")],
    ("POST", "/suppressions"): [
        entry(
            "suppression.created",
            "suppression/{created}",
            "rule",
            "subject_pattern",
            "until",
            "reason",
        )
    ],
    ("DELETE", "/suppressions/{suppression_id}"): [
        entry("suppression.deleted", "suppression/{suppression_id}", "rule", "reason")
    ],
    ("PUT", "/warehouses/{warehouse_id}/members/{username}"): [
        entry("member.changed", "member/{nina}", "role"),
        entry("member.changed", "member/{nina}", "role"),
    ],
    ("DELETE", "/warehouses/{warehouse_id}/members/{username}"): [
        entry("member.removed", "member/{nina}", "role")
    ],
}
# Of one person, for everybody.
OWN: dict[tuple[str, str], Expected] = {
    ("POST", "/reports"): entry(
        "report.created", "report/{created}", "filename", "report_name", scope="company"
    ),
    ("POST", "/warehouses"): entry(
        "warehouse.created",
        "warehouse/{created}",
        "name",
        "timezone",
        "layout_version",
        scope="warehouse:{created}",
    ),
    ("POST", "/suppressions"): entry(
        "suppression.created", "suppression/{created}", "rule", "until", scope="company"
    ),
    ("POST", "/users/me/tokens"): entry(
        "api_token.created", "api_token/{created}", "name", "scopes", "expires_at", scope="company"
    ),
}
# Of accounts and saved mappings, each with a test of its own in the files named.
TESTED = {
    "test_audited": {("PUT", "/mappings/{mapping_id}"), ("DELETE", "/mappings/{mapping_id}")},
    "test_audited_accounts": {
        ("POST", "/auth/register"),
        ("POST", "/auth/login"),
        ("POST", "/auth/logout"),
        ("POST", "/auth/refresh"),
        ("DELETE", "/users/me/tokens/{token_id}"),
        ("PATCH", "/users/{username}"),
        ("DELETE", "/users/{username}"),
        ("DELETE", "/users/me"),
        ("DELETE", "/users/{username}/sessions"),
        ("POST", "/invitations"),
        ("DELETE", "/invitations/{invitation_id}"),
    },
    "test_audited_stock": {
        ("POST", "/items"),
        ("PUT", "/items/{item_id}"),
        ("PATCH", "/items/{item_id}"),
        ("DELETE", "/items/{item_id}"),
        ("PATCH", "/items/{item_id}/lots/{lot}"),
        ("POST", "/movements"),
        ("POST", "/movements/{movement_id}/reversal"),
        ("POST", "/counts"),
        ("POST", "/counts/{count_id}/post"),
        ("POST", "/reservations"),
        ("POST", "/reservations/{reservation_id}/post"),
        ("POST", "/reservations/{reservation_id}/void"),
        ("PUT", "/items/{item_id}/components"),
        ("POST", "/items/{item_id}/assemble"),
        ("POST", "/items/{item_id}/disassemble"),
        ("POST", "/consumption"),
        ("POST", "/consumption/{consumption_id}/correction"),
    },
    "test_audited_orders": {
        ("POST", "/orders"),
        ("PATCH", "/orders/{order_id}"),
        ("POST", "/orders/{order_id}/place"),
        ("POST", "/orders/{order_id}/receive"),
        ("POST", "/orders/{order_id}/ship"),
        ("POST", "/orders/{order_id}/return"),
        ("POST", "/orders/{order_id}/cancel"),
    },
    "test_audited_catalog": {
        ("POST", "/items/exports"),
        ("POST", "/units"),
        ("PATCH", "/units/{unit_code}"),
        ("DELETE", "/units/{unit_code}"),
        ("POST", "/categories"),
        ("PATCH", "/categories/{category_id}"),
        ("DELETE", "/categories/{category_id}"),
        ("POST", "/suppliers"),
        ("PATCH", "/suppliers/{supplier_id}"),
        ("DELETE", "/suppliers/{supplier_id}"),
        ("PUT", "/suppliers/{supplier_id}/parts/{item_id}"),
        ("DELETE", "/suppliers/{supplier_id}/parts/{item_id}"),
        ("POST", "/inventory-types"),
        ("PATCH", "/inventory-types/{type_id}"),
        ("DELETE", "/inventory-types/{type_id}"),
    },
    "test_audited_imports": {
        ("POST", "/items/imports"),
        ("PUT", "/items/imports/{import_id}"),
        ("DELETE", "/items/imports/{import_id}"),
    },
    "test_views": {("PUT", "/users/me/views/{name}"), ("DELETE", "/users/me/views/{name}")},
    "test_audited_own_account": {
        ("PATCH", "/users/me"),
        ("PUT", "/users/me/password"),
        ("POST", "/auth/password/reset"),
        ("POST", "/auth/email/verify"),
        ("DELETE", "/users/me/sessions"),
        ("DELETE", "/users/me/sessions/{session_id}"),
        ("POST", "/users/me/otp"),
        ("POST", "/users/me/otp/confirm"),
        ("DELETE", "/users/me/otp"),
    },
}
UNAUDITED = {
    (
        "POST",
        "/admin/dead-letters/redrive",
    ): "Where there are none; tests/functions/admin/test_dead_letters.py has the other case.",
    (
        "POST",
        "/auth/password/forgot",
    ): "It changes nothing; whether there is the account is not even looked up.",
    ("POST", "/users/me/notifications/read"): "What a person has seen is no change of data.",
    ("POST", "/rules/{code}/backtest"): "It computes an answer and changes nothing.",
}
BODIES: dict[tuple[str, str], Any] = {
    ("POST", "/reports/{report_id}/reanalysis"): {"rules": ["{code}"]},
    ("POST", "/reports/{report_id}/exports"): {"format": "csv", "filters": {"assignee": "oscar"}},
    ("POST", "/anomalies/status"): {"filter": {"report_id": "{report_id}"}, "status": "Resolved"},
    ("PATCH", "/anomalies"): {
        "filter": {"report_id": "{report_id}"},
        "due_date": "2030-01-31",
    },
    ("PUT", "/warehouses/{warehouse_id}/costs"): {"currency": "EUR"},
}
