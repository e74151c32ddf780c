"""Anomaly ids: `<report id>-<digest>`, with the digest of the fingerprint.

So an anomaly keeps its id when its report is analyzed again.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stockwarden.storage.keys.anomalies import DIGEST

_ID = re.compile(rf"(?P<report>[A-Za-z0-9_]{{1,80}})-(?P<digest>{DIGEST.pattern})")


@dataclass(frozen=True)
class AnomalyKey:
    report_id: str
    digest: str

    @property
    def id(self) -> str:
        return f"{self.report_id}-{self.digest}"

    @classmethod
    def parse(cls, anomaly_id: str) -> "AnomalyKey | None":
        """None for a text that is not an anomaly id."""
        match = _ID.fullmatch(anomaly_id)
        return cls(match["report"], match["digest"]) if match else None


def digest_of(fingerprint: str, repeat: int = 0) -> str:
    """20 hex digits. `repeat` distinguishes findings of an analysis with the same fingerprint."""
    text = f"{fingerprint}\x1f{repeat}" if repeat else fingerprint
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def digests_of(fingerprints: Iterable[str]) -> Iterator[str]:
    """The digests of an analysis's findings, in their order."""
    repeats: Counter[str] = Counter()
    for fingerprint in fingerprints:
        yield digest_of(fingerprint, repeats[fingerprint])
        repeats[fingerprint] += 1
