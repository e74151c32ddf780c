"""The files of a report in S3: their keys, and how they get there.

uploads/<report_id>/inventory/<name>    uploads/<report_id>/rules/<name>
drop/<username>/[<warehouse>/]<name>    quarantine/drop/…
analyses/<report_id>/…                  exports/<report_id>/<export_id>/<name>
"""

import re
from pathlib import PurePosixPath
from typing import Literal

from stockwarden.core.errors import TooLarge
from stockwarden.core.filenames import CONTENT_TYPES, suffix_of
from stockwarden.storage.objects import Objects, PresignedPost

# What ingestion reads at most (`Limits.max_bytes`).
MAX_UPLOAD_BYTES = 150 * 2**20
PRESIGNED_SECONDS = 900
Part = Literal["inventory", "rules"]

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def upload_key(report_id: str, part: Part, filename: str) -> str:
    """Only letters, digits and `._-` of the name go into the key: S3 gives others a meaning."""
    safe = _UNSAFE.sub("_", PurePosixPath(filename).stem)[:100] or "_"
    return f"{upload_prefix(report_id)}{part}/{safe}{suffix_of(filename)}"


def upload_prefix(report_id: str) -> str:
    return f"uploads/{report_id}/"


def quarantine_key(key: str) -> str:
    """Where a dropped file goes that is nobody's; its own key follows."""
    return f"quarantine/{key}"[:1024]


def analysis_prefix(report_id: str) -> str:
    return f"analyses/{report_id}/"


def export_prefix(report_id: str) -> str:
    return f"exports/{report_id}/"


def export_key(report_id: str, export_id: str, filename: str) -> str:
    name = _UNSAFE.sub("_", filename)
    return f"{export_prefix(report_id)}{export_id}/{name[-100:]}"


def preview_key(report_id: str) -> str:
    return f"{analysis_prefix(report_id)}preview.json"


class UploadStore:
    """How a person's files get into the bucket."""

    def __init__(self, objects: Objects) -> None:
        self.objects = objects

    def form(self, key: str) -> PresignedPost:
        """Lets whoever holds it store one file at `key`, for 15 minutes."""
        return self.objects.presigned_post(
            key,
            content_type=CONTENT_TYPES[suffix_of(key)],
            max_bytes=MAX_UPLOAD_BYTES,
            seconds=PRESIGNED_SECONDS,
        )

    def arrived(self, key: str) -> bool:
        return self.objects.facts(key) is not None

    def store(self, key: str, body: bytes) -> None:
        self.objects.put(key, body, CONTENT_TYPES[suffix_of(key)])


def check_size(size: int | None) -> None:
    """Raises TooLarge for an announced size that would be refused anyway."""
    if size is not None and size > MAX_UPLOAD_BYTES:
        raise TooLarge(f"A file may have {MAX_UPLOAD_BYTES // 2**20} MiB at most.")
