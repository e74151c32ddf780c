"""The S3 event of one uploaded object, as a message of the queue holds it."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote_plus

from stockwarden.core.errors import BadRequest

UNVERSIONED = "null"


class Refused(BadRequest):
    """A message that neither the stack's bucket nor its functions can have sent."""


@dataclass(frozen=True)
class UploadEvent:
    """The object version that an event is about. `stored_at` is when S3 stored it, ISO 8601."""

    bucket: str
    key: str
    version_id: str
    stored_at: str

    @classmethod
    def from_record(cls, record: object, bucket: str) -> "UploadEvent | None":
        """Parses a record of an S3 event; None for an event other than a created object.

        Raises Refused for a record that S3 does not send for `bucket`.
        """
        match record:
            case {
                "eventName": str(name),
                "eventTime": str(stored_at),
                "s3": {"bucket": {"name": str(sender)}, "object": {"key": str(key), **s3_object}},
            } if name.startswith("ObjectCreated:"):
                if sender != bucket:
                    raise Refused(f"An event of another bucket, {sender[:100]!r}.")
                version_id = s3_object.get("versionId") or UNVERSIONED
                if not isinstance(version_id, str) or not _is_moment(stored_at):
                    raise Refused("An event that S3 does not send: its version or time is none.")
                return cls(bucket, unquote_plus(key), version_id, stored_at)
            case {"eventName": str(name)} if not name.startswith("ObjectCreated:"):
                return None
        raise Refused("An event that S3 does not send.")


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
