"""Stores reports with a shown analysis: summary, records and digests, without analyzing a file."""

from typing import Any

from stockwarden.anomalies.ids import digest_of
from stockwarden.anomalies.model import Status
from stockwarden.anomalies.records import EvidenceLine, WorkState, make_record
from stockwarden.bootstrap import stores
from stockwarden.snapshots.fingerprint_index import write_digests
from stockwarden.storage.keys import anomalies as anomaly_keys
from stockwarden.storage.keys import reports as keys
from tests.engine.snapshots.timeline_items import moment

GENERATION = "job_1.1"


def store_report(
    report_id: str,
    pallets: str,
    *,
    day: int = 9,
    warehouse_id: str | None = "wh_1",
    generation: str | None = GENERATION,
    **more: Any,
) -> None:
    """A report of alice. `pallets` has a letter per anomaly, most urgent first."""
    optional = {"warehouse_id": warehouse_id, "generation": generation}
    summary = {
        **keys.summary(report_id),
        "id": report_id,
        "report_name": "Monday",
        "username": "alice",
        "as_of": moment(day),
        "created_at": moment(31),
        **{name: value for name, value in optional.items() if value},
        **more,
    }
    stores.reports_table().put_all([summary])
    if generation:
        store_anomalies(report_id, pallets, generation)


def store_anomalies(report_id: str, pallets: str, generation: str = GENERATION) -> None:
    partition = anomaly_keys.generation(report_id, generation)
    state = WorkState(Status.NEW, 1, moment(31), moment(31))
    stores.anomalies_table().put_all(
        make_record(
            partition,
            digest(pallet),
            ordinal,
            EvidenceLine(0, 1, _finding(pallet)),
            at_location=1,
            group={},
            state=state,
        )
        for ordinal, pallet in enumerate(pallets)
    )
    write_digests(stores.objects(), report_id, generation, map(digest, pallets))


def digest(pallet: str) -> str:
    return digest_of(f"expired|pallet|{pallet}")


def _finding(pallet: str) -> dict[str, Any]:
    return {
        "rule": "expired",
        "title": "Expired",
        "priority": "High",
        "subject": {"type": "pallet", "id": pallet},
        "pallet_id": pallet,
        "location": "A-01",
        "message": f"{pallet} is expired.",
        "details": {},
        "affected_pallets": 1,
        "evidence": [],
        "evidence_total": 0,
    }
