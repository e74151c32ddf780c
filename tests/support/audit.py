"""A small audit log in moto: its services, and what its stream gives."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3

from stockwarden.audit.entry import Change
from stockwarden.audit.heads import HeadRepository
from stockwarden.audit.log import AuditLog
from stockwarden.audit.origin import Origin
from stockwarden.audit.repository import AuditRepository
from stockwarden.audit.sealing import Sealer
from stockwarden.audit.signed_heads import SignedHeads
from stockwarden.audit.verification import AuditVerification, ScopeReport
from stockwarden.storage import clients
from stockwarden.storage.attributes import Item, to_attributes
from stockwarden.storage.keys import audit as keys
from stockwarden.storage.objects import Objects
from stockwarden.storage.signatures import SigningKey
from stockwarden.storage.tables import Table
from tests.support.aws import ENVIRONMENT

START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
ORIGIN = Origin(actor="usr_1", source="203.0.113.7", request_id="req-1", via="ses_1")


def make_key() -> str:
    """The id of a new signing key, as the template defines it."""
    made: Any = boto3.client("kms").create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")
    return str(made["KeyMetadata"]["KeyId"])


def change(number: int = 0, scope: str = "company", **more: Any) -> Change:
    facts: Any = {
        "action": "item.updated",
        "object": f"item/W-{number}",
        "fields": {"reorder_point": ("0", str(number))},
    }
    return Change(scope, **{**facts, **more})


@dataclass
class Clock:
    """Advances by a second at each look."""

    now: datetime = START

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@dataclass
class Audit:
    """The services over one table, bucket and key. `stream` is what was written, in order."""

    table: Table
    bucket: Objects
    key: SigningKey
    clock: Callable[[], datetime] = field(default_factory=Clock)
    stream: list[Item] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)

    @classmethod
    def in_moto(cls, **more: Any) -> "Audit":
        return cls(
            Table(clients.dynamodb(), ENVIRONMENT["AUDIT_TABLE"]),
            Objects(clients.s3(), ENVIRONMENT["AUDIT_HEADS_BUCKET"]),
            SigningKey(clients.kms(), make_key()),
            **more,
        )

    @property
    def heads(self) -> HeadRepository:
        return HeadRepository(self.table)

    @property
    def signed_heads(self) -> SignedHeads:
        return SignedHeads(self.bucket, self.key)

    @property
    def log(self) -> AuditLog:
        return AuditLog(self.table, self.clock)

    @property
    def sealer(self) -> Sealer:
        return Sealer(self.table, self.heads, self.signed_heads, self.clock)

    @property
    def repository(self) -> AuditRepository:
        return AuditRepository(self.table)

    def record(self, count: int = 1, scope: str = "company", **more: Any) -> list[Item]:
        """Writes entries, and returns the images that the stream has of them."""
        known = {keys.listed(item) for item in self.entries(scope)}
        for number in range(len(known) + 1, len(known) + count + 1):
            self.log.record(ORIGIN, change(number, scope, **more))
        images = [item for item in self.entries(scope) if keys.listed(item) not in known]
        self.stream += images
        return images

    def seal(self, count: int = 1, scope: str = "company", **more: Any) -> list[Item]:
        """Writes entries and seals them; returns them as they are stored."""
        images = self.record(count, scope, **more)
        self.sealer.seal(scope, images)
        return self.table.get_many([self.key_of(image) for image in images], consistent=True)

    def entries(self, scope: str = "company") -> list[Item]:
        return list(self.table.query_all(keys.entries(scope), consistent=True))

    def chain(self, scope: str = "company") -> list[Item]:
        """The sealed entries by their numbers."""
        numbered = [item for item in self.entries(scope) if "seq" in item]
        return sorted(numbered, key=lambda item: item["seq"])

    @property
    def verification(self) -> AuditVerification:
        return AuditVerification(
            self.table, self.heads, self.signed_heads, self.clock, self.pauses.append
        )

    def verify(self) -> dict[str, ScopeReport]:
        return {report.scope: report for report in self.verification.run()}

    def fault(self, scope: str = "company") -> tuple[str, int | None] | None:
        """(kind, first bad number) of the scope."""
        found = self.verify()[scope].fault
        return (found.kind.name, found.seq) if found else None

    @staticmethod
    def key_of(item: Item) -> Item:
        return {"pk": item["pk"], "sk": item["sk"]}


def stream_event(images: list[Item], kind: str = "INSERT") -> dict[str, Any]:
    """The event that Lambda makes of items that were put."""
    numbers = itertools.count(1)
    return {
        "Records": [
            {
                "eventID": f"{number:032x}",
                "eventName": kind,
                "eventSource": "aws:dynamodb",
                "awsRegion": "eu-west-1",
                "dynamodb": {
                    "Keys": to_attributes(Audit.key_of(image)),
                    "NewImage": to_attributes(image),
                    "SequenceNumber": str(number),
                    "StreamViewType": "NEW_IMAGE",
                },
            }
            for image, number in zip(images, numbers, strict=False)
        ]
    }
