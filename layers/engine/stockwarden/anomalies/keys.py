"""The keys of the anomalies table, and the id that leads to them.

| item    | pk                         | sk                      |                              |
|---------|----------------------------|-------------------------|------------------------------|
| head    | `<report_id>#<generation>` | `<digest>`              | one anomaly                  |
| history | `<report_id>#history`      | `<digest>#<version>`    | one change; outlives analyses|
| counts  | `<report_id>`              | `COUNTS`                | see counts.py                |
| attempt | `<report_id>`              | `GENERATION#<name>`     | a partition that may be there|
| pointer | `<lane>#<rank>`            | `<listed>`              | a report with such anomalies |

A lane is what a list across reports goes along. A report has a pointer in its owner's lane, and
one more in its warehouse's, which the owner and the members read alike.

An id is `<report_id>-<digest>`, the digest that of the fingerprint: the same anomaly keeps its id
when its report is analyzed again.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stockwarden.anomalies.model import NO_LOCATION, Status
from stockwarden.detection.priority import Priority
from stockwarden.storage.attributes import Item

COUNTS = "COUNTS"
GENERATION = "GENERATION#"
URGENCY = re.compile(r"[0-3]#[0-9]{7}")
DIGEST = re.compile(r"[0-9a-f]{20}")
_ID = re.compile(r"(?P<report>[A-Za-z0-9_]{1,80})-(?P<digest>[0-9a-f]{20})")
_LONGEST_CODE = 80
_END_OF_CODE = "\x1f"


@dataclass(frozen=True)
class AnomalyKey:
    report_id: str
    digest: str

    @property
    def id(self) -> str:
        return f"{self.report_id}-{self.digest}"

    @classmethod
    def of(cls, anomaly_id: str) -> "AnomalyKey | None":
        """None for a text that is no id of ours."""
        found = _ID.fullmatch(anomaly_id)
        return cls(found["report"], found["digest"]) if found else None


def digest_of(fingerprint: str, repeat: int = 0) -> str:
    """`repeat` tells apart findings of one analysis that share their fingerprint."""
    text = f"{fingerprint}\x1f{repeat}" if repeat else fingerprint
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def digests_of(fingerprints: Iterable[str]) -> Iterator[str]:
    """In the order of the findings of one analysis."""
    repeats: Counter[str] = Counter()
    for fingerprint in fingerprints:
        yield digest_of(fingerprint, repeats[fingerprint])
        repeats[fingerprint] += 1


def partition(report_id: str, generation: str) -> str:
    return f"{report_id}#{generation}"


def history_partition(report_id: str) -> str:
    return f"{report_id}#history"


def history_sk(digest: str, version: int) -> str:
    return f"{digest}#{version:06}"


def counts_key(report_id: str) -> Item:
    return {"pk": report_id, "sk": COUNTS}


def owner_feed(username: str) -> str:
    """All reports of one owner; it is the `owner` of their summaries."""
    return f"REPORTS#{username}"


def warehouse_feed(warehouse_id: str) -> str:
    return f"WAREHOUSE#{warehouse_id}"


def feeds(owner: str, warehouse_id: str | None) -> list[str]:
    """`owner` is the `owner_lane`, as the report's summary holds it."""
    return [owner, warehouse_feed(warehouse_id)] if warehouse_id else [owner]


def pointer_partition(lane: str, priority: Priority) -> str:
    return f"{lane}#{priority.rank}"


def urgency(priority: Priority, ordinal: int) -> str:
    """Sorts most urgent first, and within a priority in the order of the findings."""
    return f"{priority.rank}#{ordinal:07}"


def status_partition(pk: str, status: Status) -> str:
    return f"{pk}#{status}"


def rule_partition(pk: str, rule: str) -> str:
    return f"{pk}#{rule}"


def location_name(location: str | None) -> str:
    """The name that anomalies of one location share: codes compare trimmed and upper-cased."""
    name = (location or "").strip().upper()
    return NO_LOCATION if name in {"", NO_LOCATION.upper()} else name


def location_prefix(name: str) -> str:
    """The start of `place` for a location's name. Long cell texts are cut, and stay distinct."""
    code = "" if name == NO_LOCATION else name.replace(_END_OF_CODE, " ")
    if len(code.encode()) > _LONGEST_CODE:
        cut = code.encode()[: _LONGEST_CODE - 20].decode(errors="ignore")
        code = f"{cut}~{hashlib.sha256(code.encode()).hexdigest()[:16]}"
    return code + _END_OF_CODE


def evidence_prefix(report_id: str, generation: str) -> str:
    return f"analyses/{report_id}/{generation}/"


def evidence_key(report_id: str, generation: str) -> str:
    return evidence_prefix(report_id, generation) + "evidence.jsonl"


def stock_key(report_id: str, generation: str) -> str:
    """The stock that the generation was found in, as `detection/stored_stock.py` packs it."""
    return evidence_prefix(report_id, generation) + "stock.npz"


def curves_key(report_id: str, generation: str) -> str:
    """JSON: by rule its curve, see `detection/threshold.py`."""
    return evidence_prefix(report_id, generation) + "curves.json"


def memory_key(report_id: str, generation: str) -> str:
    """What the snapshot knows of earlier ones, as `snapshots/memory.py` writes it."""
    return evidence_prefix(report_id, generation) + "memory.zz"


def locations_key(report_id: str, generation: str) -> str:
    """One JSON document per line and location, as `snapshots/location_file.py` writes it."""
    return evidence_prefix(report_id, generation) + "locations.jsonl"


def pallets_key(report_id: str, generation: str) -> str:
    """One JSON document per line and pallet, as `snapshots/pallet_file.py` writes it."""
    return evidence_prefix(report_id, generation) + "pallets.jsonl"


def pallet_index_key(report_id: str, generation: str) -> str:
    return evidence_prefix(report_id, generation) + "pallets.index.json"


def subjects_key(report_id: str, generation: str) -> str:
    """Which pallets the snapshot has, as `snapshots/subject_file.py` writes them."""
    return evidence_prefix(report_id, generation) + "subjects.bin"


def digests_key(report_id: str, generation: str) -> str:
    return evidence_prefix(report_id, generation) + "digests.bin"
