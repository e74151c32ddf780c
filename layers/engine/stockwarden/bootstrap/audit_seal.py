"""Services that seal the audit log and verify it."""

from functools import cache

from stockwarden.audit.daily_verification import DailyVerification
from stockwarden.audit.heads import HeadRepository
from stockwarden.audit.log import AuditLog
from stockwarden.audit.sealing import Sealer
from stockwarden.audit.signed_heads import SignedHeads
from stockwarden.audit.verification import AuditVerification
from stockwarden.audit.verifications import VerificationRepository
from stockwarden.bootstrap.stores import audit_table, settings
from stockwarden.core import clock
from stockwarden.storage import clients
from stockwarden.storage.objects import Objects
from stockwarden.storage.signatures import SigningKey


@cache
def sealer() -> Sealer:
    return Sealer(audit_table(), head_repository(), _signed_heads(), clock.utc_now)


@cache
def head_repository() -> HeadRepository:
    return HeadRepository(audit_table())


@cache
def audit_verification() -> AuditVerification:
    return AuditVerification(audit_table(), head_repository(), _signed_heads(), clock.utc_now)


@cache
def verification_repository() -> VerificationRepository:
    table = audit_table()
    return VerificationRepository(table, AuditLog(table, clock.utc_now), clock.utc_now)


@cache
def daily_verification() -> DailyVerification:
    return DailyVerification(
        verification=audit_verification(),
        heads=head_repository(),
        signed_heads=_signed_heads(),
        notes=verification_repository(),
        clock=clock.utc_now,
    )


@cache
def _signed_heads() -> SignedHeads:
    return SignedHeads(
        Objects(clients.s3(), settings().audit_heads_bucket),
        SigningKey(clients.kms(), settings().audit_key_id),
    )
