"""S3 objects: of the inventory bucket (uploads/, drop/, quarantine/, analyses/, exports/), and of
the bucket with the heads of the audit log (heads/)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import quote

from stockwarden.core.errors import NotFound, TooLarge
from stockwarden.storage.clients import reachable

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_STORE = "The file store"
_RANGE_BYTES = 4 * 2**20
_ABSENT = frozenset({"404", "405", "NoSuchKey", "NoSuchVersion", "NotFound"})


@dataclass(frozen=True)
class PresignedPost:
    """The form that a client posts as multipart/form-data: `fields` first, then the part `file`."""

    url: str
    fields: dict[str, str]


@dataclass(frozen=True)
class ObjectFacts:
    key: str
    version_id: str
    size: int
    etag: str


@dataclass(frozen=True)
class ObjectVersion:
    key: str
    version_id: str


@dataclass(frozen=True)
class StoredVersion(ObjectVersion):
    """`stored_at` is aware."""

    size: int
    stored_at: datetime


class Objects:
    """Objects of a bucket. Every request raises Unavailable for transient failures."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self.client = client
        self.bucket = bucket

    def presigned_post(
        self, key: str, *, content_type: str, max_bytes: int, seconds: int = 900
    ) -> PresignedPost:
        """A form that lets its holder store an object of 1 to `max_bytes` bytes at `key`."""
        answer = self.client.generate_presigned_post(
            self.bucket,
            key,
            Fields={"Content-Type": content_type},
            Conditions=[
                {"Content-Type": content_type},
                ["content-length-range", 1, max_bytes],
            ],
            ExpiresIn=seconds,
        )
        return PresignedPost(answer["url"], answer["fields"])

    def presigned_get(self, key: str, filename: str, seconds: int) -> str:
        """A URL that lets its holder fetch the object, which a browser saves as `filename`."""
        plain = filename.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
        return self.client.generate_presigned_url(
            "get_object",
            Params={
                "Bucket": self.bucket,
                "Key": key,
                "ResponseContentDisposition": f'attachment; filename="{plain}"; '
                f"filename*=UTF-8''{quote(filename, safe='')}",
            },
            ExpiresIn=seconds,
        )

    def ping(self) -> None:
        """Checks access to the bucket. Raises Unavailable, or the error of S3."""
        with reachable(_STORE):
            self.client.head_bucket(Bucket=self.bucket)

    def put(self, key: str, body: bytes, content_type: str) -> None:
        with reachable(_STORE):
            self.client.put_object(Bucket=self.bucket, Key=key, Body=body, ContentType=content_type)

    def create(self, key: str, body: bytes, content_type: str) -> bool:
        """Stores an object where there is none; False where there is one, which is kept."""
        try:
            with reachable(_STORE):
                self.client.put_object(
                    Bucket=self.bucket,
                    Key=key,
                    Body=body,
                    ContentType=content_type,
                    IfNoneMatch="*",
                )
        except self.client.exceptions.ClientError as error:
            if error.response["Error"]["Code"] != "PreconditionFailed":
                raise
            return False
        return True

    def keys(self, prefix: str, *, after: str = "") -> Iterator[str]:
        """The keys below `prefix` that sort after `after`, in order, a thousand at a time."""
        pages = self.client.get_paginator("list_objects_v2")
        with reachable(_STORE):
            for page in pages.paginate(Bucket=self.bucket, Prefix=prefix, StartAfter=after):
                yield from (entry["Key"] for entry in page.get("Contents", []))

    def folders(self, prefix: str) -> Iterator[str]:
        """The names of the folders directly below `prefix`, which ends with a slash."""
        pages = self.client.get_paginator("list_objects_v2")
        with reachable(_STORE):
            for page in pages.paginate(Bucket=self.bucket, Prefix=prefix, Delimiter="/"):
                for entry in page.get("CommonPrefixes", []):
                    yield entry["Prefix"].removeprefix(prefix).rstrip("/")

    def facts(self, key: str, version_id: str | None = None) -> ObjectFacts | None:
        """Key, version, size and ETag; None if there is no object (or only a delete marker)."""
        request: dict[str, Any] = {"Bucket": self.bucket, "Key": key}
        if version_id:
            request["VersionId"] = version_id
        try:
            with reachable(_STORE):
                answer = self.client.head_object(**request)
        except self.client.exceptions.ClientError as error:
            if _is_absent(error):
                return None
            raise
        version = answer.get("VersionId") or "null"
        return ObjectFacts(key, version, answer["ContentLength"], answer["ETag"].strip('"'))

    def read(self, key: str, version_id: str | None = None, *, max_bytes: int) -> bytes:
        """The object's bytes. Raises NotFound, and TooLarge for more than `max_bytes`."""
        request: dict[str, Any] = {"Bucket": self.bucket, "Key": key}
        if version_id and version_id != "null":
            request["VersionId"] = version_id
        try:
            with reachable(_STORE):
                answer = self.client.get_object(**request)
        except self.client.exceptions.ClientError as error:
            if _is_absent(error):
                raise NotFound("The uploaded file is gone.") from error
            raise
        if answer["ContentLength"] > max_bytes:
            raise TooLarge(f"The file is larger than {max_bytes // 2**20} MiB.")
        with reachable(_STORE):
            return answer["Body"].read()

    def read_range(self, key: str, offset: int, length: int, absent: str) -> bytes:
        """Up to `length` bytes from `offset`; empty beyond the end.

        Raises NotFound with the message `absent`.
        """
        byte_range = f"bytes={offset}-{offset + length - 1}"
        try:
            with reachable(_STORE):
                answer = self.client.get_object(Bucket=self.bucket, Key=key, Range=byte_range)
                return answer["Body"].read()
        except self.client.exceptions.ClientError as error:
            if _is_absent(error):
                raise NotFound(absent) from error
            if error.response["Error"]["Code"] == "InvalidRange":
                return b""
            raise

    def lines(self, key: str, absent: str) -> Iterator[tuple[int, bytes]]:
        """Every line with its offset, read a few megabytes at a time.

        Raises NotFound with the message `absent`.
        """
        incomplete, start, offset = b"", 0, 0
        size = None
        while size is None or offset < size:
            span = f"bytes={offset}-{offset + _RANGE_BYTES - 1}"
            try:
                with reachable(_STORE):
                    answer = self.client.get_object(Bucket=self.bucket, Key=key, Range=span)
                    body = answer["Body"].read()
            except self.client.exceptions.ClientError as error:
                if _is_absent(error):
                    raise NotFound(absent) from error
                if error.response["Error"]["Code"] == "InvalidRange":
                    return  # An empty object.
                raise
            size = int(answer["ContentRange"].rpartition("/")[2])
            offset += len(body)
            *complete, incomplete = (incomplete + body).split(b"\n")
            for line in complete:
                yield start, line
                start += len(line) + 1
        if incomplete:
            yield start, incomplete

    def write_stream(self, key: str, body: IO[bytes], content_type: str) -> None:
        extra = {"ContentType": content_type}
        with reachable(_STORE):
            self.client.upload_fileobj(body, self.bucket, key, ExtraArgs=extra)

    def delete_prefix(self, prefix: str) -> None:
        """Deletes every version and delete marker below `prefix`."""
        for batch in self._version_pages(prefix):
            self.delete_versions(batch)

    def delete_versions(self, versions: Iterable[ObjectVersion]) -> None:
        """Deletes these versions, at most 1,000; missing ones are no error."""
        identifiers: Any = [
            {"Key": version.key, "VersionId": version.version_id} for version in versions
        ]
        if not identifiers:
            return
        with reachable(_STORE):
            self.client.delete_objects(
                Bucket=self.bucket, Delete={"Objects": identifiers, "Quiet": True}
            )

    def move(self, key: str, version_id: str, target: str) -> None:
        """Copies exactly this version to `target` and deletes it. Repeatable."""
        source: Any = {"Bucket": self.bucket, "Key": key}
        if version_id != "null":
            source["VersionId"] = version_id
        # Tags are not copied: reading them needs a separate permission.
        with reachable(_STORE):
            self.client.copy_object(
                Bucket=self.bucket, Key=target, CopySource=source, TaggingDirective="REPLACE"
            )
        self.delete_versions([ObjectVersion(key, version_id)])

    def version_page(
        self, prefix: str, after: tuple[str, str] | None
    ) -> tuple[list[StoredVersion], tuple[str, str] | None]:
        """Up to 1,000 versions below `prefix`, and where the next page begins; None at the end."""
        start: Any = {"KeyMarker": after[0], "VersionIdMarker": after[1]} if after else {}
        with reachable(_STORE):
            page = self.client.list_object_versions(Bucket=self.bucket, Prefix=prefix, **start)
        versions = [
            StoredVersion(entry["Key"], entry["VersionId"], entry["Size"], entry["LastModified"])
            for entry in page.get("Versions", [])
        ]
        if not page["IsTruncated"]:
            return versions, None
        return versions, (page["NextKeyMarker"], page["NextVersionIdMarker"])

    def versions(self, prefix: str) -> list[ObjectVersion]:
        """Every version and delete marker below `prefix`."""
        return [version for page in self._version_pages(prefix) for version in page]

    def _version_pages(self, prefix: str) -> Iterator[list[ObjectVersion]]:
        if not prefix.strip("/"):
            raise ValueError("refusing to go through the whole bucket")
        pages = self.client.get_paginator("list_object_versions")
        with reachable(_STORE):
            for page in pages.paginate(Bucket=self.bucket, Prefix=prefix):
                entries = [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
                yield [ObjectVersion(entry["Key"], entry["VersionId"]) for entry in entries]


def _is_absent(error: Any) -> bool:
    return error.response["Error"]["Code"] in _ABSENT
