"""S3 keys of a report's files, and their upload.

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

# The limit of ingestion (`SafetyLimits.max_bytes`).
MAX_UPLOAD_BYTES = 150 * 2**20
PRESIGNED_SECONDS = 900
Part = Literal["inventory", "rules"]

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def upload_key(report_id: str, part: Part, filename: str) -> str:
    """The key of an upload; only letters, digits and `._-` of the name are kept, because other
    characters have a meaning to S3."""
    return f"{upload_prefix(report_id)}{part}/{safe_name(filename)}{suffix_of(filename)}"


def safe_name(filename: str) -> str:
    """The name without its suffix, of the characters that S3 gives no meaning."""
    return _UNSAFE.sub("_", PurePosixPath(filename).stem)[:100] or "_"


def upload_prefix(report_id: str) -> str:
    return f"uploads/{report_id}/"


def quarantine_key(key: str) -> str:
    """The key that an unroutable file is moved to: a prefix and its original key."""
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
    """Stores a person's files in the bucket, or signs forms to upload them."""

    def __init__(self, objects: Objects) -> None:
        self.objects = objects

    def form(self, key: str) -> PresignedPost:
        """A form that lets its holder store one file at `key`, for 15 minutes."""
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
    """Raises TooLarge for an announced size above the limit."""
    if size is not None and size > MAX_UPLOAD_BYTES:
        raise TooLarge(f"A file may have {MAX_UPLOAD_BYTES // 2**20} MiB at most.")
