"""S3 keys of an analysis's files, in a prefix per generation."""


def evidence_prefix(report_id: str, generation: str) -> str:
    return f"analyses/{report_id}/{generation}/"


def evidence_key(report_id: str, generation: str) -> str:
    return evidence_prefix(report_id, generation) + "evidence.jsonl"


def stock_key(report_id: str, generation: str) -> str:
    """The stock that was analyzed, as `detection/stored_stock.py` packs it."""
    return evidence_prefix(report_id, generation) + "stock.npz"


def curves_key(report_id: str, generation: str) -> str:
    """JSON: by rule its curve, see `detection/threshold.py`."""
    return evidence_prefix(report_id, generation) + "curves.json"


def memory_key(report_id: str, generation: str) -> str:
    """The anomalies carried over from earlier snapshots, see `snapshots/carry_over.py`."""
    return evidence_prefix(report_id, generation) + "memory.zz"


def locations_key(report_id: str, generation: str) -> str:
    """One JSON document per line and location, as `snapshots/location_file.py` writes it."""
    return evidence_prefix(report_id, generation) + "locations.jsonl"


def pallets_key(report_id: str, generation: str) -> str:
    """One JSON document per line and pallet, as `snapshots/pallet_file.py` writes it."""
    return evidence_prefix(report_id, generation) + "pallets.jsonl"


def pallet_index_key(report_id: str, generation: str) -> str:
    return evidence_prefix(report_id, generation) + "pallets.index.json"


def items_key(report_id: str, generation: str) -> str:
    """One JSON document per line and item, as `snapshots/item_file.py` writes it."""
    return evidence_prefix(report_id, generation) + "items.jsonl"


def item_index_key(report_id: str, generation: str) -> str:
    return evidence_prefix(report_id, generation) + "items.index.json"


def places_key(report_id: str, generation: str) -> str:
    """One JSON document per line and code, as `snapshots/place_file.py` writes it."""
    return evidence_prefix(report_id, generation) + "places.jsonl"


def place_index_key(report_id: str, generation: str) -> str:
    return evidence_prefix(report_id, generation) + "places.index.json"


def subjects_key(report_id: str, generation: str) -> str:
    """The hashes of the snapshot's pallets, as `snapshots/subject_index.py` writes them."""
    return evidence_prefix(report_id, generation) + "subjects.bin"


def digests_key(report_id: str, generation: str) -> str:
    """The digests of its anomalies, as `snapshots/fingerprint_index.py` writes them."""
    return evidence_prefix(report_id, generation) + "digests.bin"


def flood_key(report_id: str, generation: str, rule: str) -> str:
    """The digests of a flood's members, as `snapshots/flood_members.py` writes them."""
    return evidence_prefix(report_id, generation) + f"floods/{rule}.bin"
