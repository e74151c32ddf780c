"""The keys of what an analysis keeps in S3 beside its anomalies, in a folder per generation."""


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
    """What the snapshot knows of earlier ones, as `snapshots/carry_over.py` writes it."""
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
    """Which pallets the snapshot has, as `snapshots/subject_index.py` writes them."""
    return evidence_prefix(report_id, generation) + "subjects.bin"


def digests_key(report_id: str, generation: str) -> str:
    """Which anomalies it has, as `snapshots/fingerprint_index.py` writes them."""
    return evidence_prefix(report_id, generation) + "digests.bin"
