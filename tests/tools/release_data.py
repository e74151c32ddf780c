"""Writes this release's stored data and responses: `python -m tests.tools.release_data 0.1.0`.

For each release once; `test_migrate.py` holds the releases to come to it.
"""

import base64
import json
import sys
from pathlib import Path

import boto3

from stockwarden.bootstrap import repositories, stores
from stockwarden.storage import clients
from tests.support.aws import cloud
from tests.support.reports import create_warehouse, get, send, share
from tests.support.snapshots import snapshot


def make() -> dict[str, str]:
    """A warehouse with a member, rules, a suppression, prices and two snapshots that were worked
    on; answers what to ask of it."""
    for username in ("alice", "vera"):
        repositories.user_repository().add(username, "no password")
    warehouse = create_warehouse()["id"]
    share(warehouse, "vera", "viewer")
    rule = f"/rules/stagnant-pallet?warehouse_id={warehouse}"
    assert send("PUT", rule, json={"parameters": {"max_hours": 12}}).status == 200
    older = snapshot(warehouse, [20, 30, 44], 6)["id"]
    anomalies = get("/anomalies", query={"report_id": older}).json["anomalies"]
    for anomaly, status in zip(anomalies, ("Acknowledged", "Resolved"), strict=False):
        body = {"status": status, "comment": "seen"} | (
            {"reason": "real"} if status == "Resolved" else {}
        )
        assert send("POST", f"/anomalies/{anomaly['id']}/status", json=body).status == 200
    newer = snapshot(warehouse, [44, 54, 11], 7)["id"]
    suppression = {
        "warehouse_id": warehouse, "rule": "stagnant-pallet", "subject_pattern": "P-9*",
        "until": "2100-01-01", "reason": "always there",
    }  # fmt: skip
    send("POST", "/suppressions", json=suppression)
    anomaly = get("/anomalies", query={"report_id": newer}).json["anomalies"][0]["id"]
    return {
        "warehouse": f"/warehouses/{warehouse}",
        "members": f"/warehouses/{warehouse}/members",
        "rule": rule,
        "versions": f"/rules/stagnant-pallet/versions?warehouse_id={warehouse}",
        "older": f"/reports/{older}",
        "newer": f"/reports/{newer}",
        "details": f"/reports/{newer}/details",
        "diff": f"/reports/{newer}/diff?against={older}",
        "anomalies": f"/anomalies?report_id={newer}",
        "across": f"/anomalies?warehouse_id={warehouse}",
        "anomaly": f"/anomalies/{anomaly}",
        "pallet": f"/pallets/P-0000?warehouse_id={warehouse}",
        "trends": f"/warehouses/{warehouse}/trends",
        "reports": "/reports",
    }


def main() -> None:
    target = Path(__file__).parent / "releases" / f"{sys.argv[1]}.json"
    with cloud() as environment:
        addresses = make()
        tables = {
            "Users": stores.users_table(),
            "Reports": stores.reports_table(),
            "Anomalies": stores.anomalies_table(),
        }
        s3, bucket = boto3.client("s3"), environment["BUCKET"]
        keys = [entry["Key"] for entry in s3.list_objects_v2(Bucket=bucket).get("Contents", [])]
        release = {
            "tables": {
                name: clients.dynamodb().scan(TableName=table.name)["Items"]
                for name, table in tables.items()
            },
            "objects": {
                key: base64.b64encode(s3.get_object(Bucket=bucket, Key=key)["Body"].read()).decode()
                for key in keys
                if key.startswith("analyses/")
            },
            "answers": {address: get(address).json for address in addresses.values()},
        }
    target.parent.mkdir(exist_ok=True)
    text = json.dumps(release, indent=1, ensure_ascii=False, sort_keys=True, default=_plain)
    target.write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(f"{target.name}: {len(text) // 1024} KiB\n")


def _plain(value: bytes) -> str:
    return base64.b64encode(value).decode()


if __name__ == "__main__":
    main()
