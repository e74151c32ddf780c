"""Creates reports with anomalies as an analysis stores them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from stockwarden.anomalies.counts import Counts
from stockwarden.bootstrap import repositories, stores
from stockwarden.storage.tables import write

RULES = {
    "cold-chain": "Very High",
    "stagnant-pallet": "High",
    "unknown-location": "High",
    "future-date": "Medium",
    "product-location": "Low",
}
CREATED = "2026-01-05T08:00:00.000Z"


def finding(number: int = 0, **changes: Any) -> dict[str, Any]:
    """A finding as `Finding.to_document()` returns it."""
    rule = changes.get("rule", "stagnant-pallet")
    pallet, location = f"PLT-{number:06}", changes.get("location", "RECV-01")
    document = {
        "rule": rule,
        "title": rule.replace("-", " ").capitalize(),
        "priority": RULES.get(rule, "High"),
        "subject": {"type": "pallet", "id": pallet},
        "pallet_id": pallet,
        "location": location,
        "message": f"{pallet} has waited in {location} for 12.5 h (limit 10 h).",
        "details": {"age_hours": 12.5, "max_hours": 10, "location_type": "RECEIVING"},
        "affected_pallets": 1,
        "evidence": [
            {"sheet": "Stock", "row": number + 2, "column": "Location", "raw": " recv-01",
             "parsed": location},
            {"sheet": "Stock", "row": number + 2, "column": "Pallet", "raw": pallet,
             "parsed": pallet},
        ],
        "evidence_total": 2,
        "fingerprint": f"{rule}|pallet|{pallet}",
    }  # fmt: skip
    document.update(changes)
    return document


def findings(count: int, rules: Sequence[str] = tuple(RULES)) -> list[dict[str, Any]]:
    """Findings of several rules and locations, most urgent first as a run returns them."""
    documents = [
        finding(number, rule=rules[number % len(rules)], location=f"RECV-{number % 7:02}")
        for number in range(count)
    ]
    order = ["Very High", "High", "Medium", "Low"]
    return sorted(documents, key=lambda document: order.index(document["priority"]))


def summary(
    report_id: str,
    username: str,
    created_at: str,
    generation: str,
    warehouse_id: str | None = None,
) -> dict[str, Any]:
    return {
        **({"warehouse_id": warehouse_id} if warehouse_id else {}),
        "pk": f"REPORT#{report_id}",
        "sk": "SUMMARY",
        "id": report_id,
        "username": username,
        "owner": f"REPORTS#{username}",
        "listed": f"{created_at}#{report_id}",
        "report_name": "Monday",
        "status": "ready",
        "created_at": created_at,
        "updated_at": created_at,
        "generation": generation,
        "version": 1,
    }


def register(report_id: str, username: str = "alice", created_at: str = CREATED) -> None:
    """Stores a report that awaits its first analysis."""
    item = summary(report_id, username, created_at, "")
    del item["generation"]
    write(stores.reports_table().put(item))


def show(
    report_id: str,
    counts: Counts,
    generation: str = "job_1.1",
    username: str = "alice",
    created_at: str = CREATED,
    *,
    warehouse_id: str | None = None,
) -> None:
    item = summary(report_id, username, created_at, generation, warehouse_id)
    write(
        stores.reports_table().put(item),
        *repositories.result_sets().show_operations(
            report_id,
            generation,
            counts,
            owner=item["owner"],
            listed=item["listed"],
            warehouse_id=warehouse_id,
        ),
    )


def publish(
    report_id: str,
    documents: Iterable[Mapping[str, Any]],
    generation: str = "job_1.1",
    username: str = "alice",
    created_at: str = CREATED,
    *,
    warehouse_id: str | None = None,
) -> Counts:
    """Stores a result set and publishes it."""
    counts = repositories.result_sets().write_generation(report_id, generation, documents)
    show(report_id, counts, generation, username, created_at, warehouse_id=warehouse_id)
    return counts


def store_warehouse(warehouse_id: str = "wh_1", username: str = "alice", **members: str) -> None:
    """Stores a warehouse; `members` is {user name: role}."""
    key = {"pk": f"WAREHOUSE#{warehouse_id}"}
    meta = {"sk": "META", "id": warehouse_id, "username": username, "timezone": "UTC", "version": 1}
    write(stores.reports_table().put({**key, **meta}))
    for name, role in members.items():
        item = {
            "sk": f"MEMBER#{name}",
            "owner": f"MEMBERSHIPS#{name}",
            "listed": warehouse_id,
            "username": name,
            "role": role,
        }
        write(stores.reports_table().put({**key, **item}))
