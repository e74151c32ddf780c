"""Routes: the audit log, its verification, and security events."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import BaseModel, Field

from stockwarden.administration.audit_logs import ChainStanding, EntryPage, EntryQuery
from stockwarden.audit.chain_walk import Fault
from stockwarden.audit.verification import ScopeReport
from stockwarden.audit.verifications import LastVerification
from stockwarden.bootstrap.admin import audit_log_service
from stockwarden.core.clock import iso
from stockwarden.core.fields import Moment
from stockwarden.http.caller import CurrentCaller
from stockwarden.http.pages import Cursor, Limit
from stockwarden.http.problems import may_answer

router = Router()


class Actor(BaseModel):
    """Who did it. `username` is null for what nobody did (`system`) and for an erased account."""

    user_id: str
    username: str | None


class AuditEntry(BaseModel):
    """A change. `seq` and `hash` are null until the entry is sealed, some seconds after it."""

    id: str
    at: str
    scope: str = Field(examples=["company", "warehouse:wh_1"])
    actor: Actor
    action: str = Field(examples=["rule.changed"])
    object: str = Field(examples=["rule/expired"])
    changes: dict[str, list[Any]] = Field(
        description="By field: before and after. A long text is its start and its SHA-256."
    )
    omitted: dict[str, Any] | None = Field(
        description="The fields for which there was no room: how many, names, and a SHA-256."
    )
    source: str
    request_id: str
    via: str = Field(description="The id of the session or of the API token.")
    seq: int | None
    hash: str | None


class AuditEntryPage(BaseModel):
    """Newest first. A page of a filtered list may be short, or empty, and have a next one."""

    entries: list[AuditEntry]
    next_cursor: str | None


class ChainFault(BaseModel):
    kind: str
    seq: int | None
    detail: str


class LastVerifiedChain(BaseModel):
    """What the last verification found, whoever made it: by hand, or once a day by `system`."""

    at: str
    by: Actor
    verified: int = Field(description="Entries that were intact, up to the first fault.")
    intact: bool
    fault: ChainFault | None


class SealedChain(BaseModel):
    """A chain of entries: the number and the hash of the last sealed one, and of the last one whose
    head was signed. `last_verified` is null for a chain that never was."""

    scope: str
    sealed: int
    sealed_at: str
    hash: str
    signed: int
    last_verified: LastVerifiedChain | None


class VerifiedChain(BaseModel):
    """`verified` entries are intact, up to the first fault; `unsealed` ones have no number yet."""

    scope: str
    verified: int
    signed: int
    unsealed: int
    intact: bool
    fault: ChainFault | None


class Verification(BaseModel):
    chains: list[SealedChain]
    verified: VerifiedChain | None = Field(description="Of the scope that was asked for.")


@router.get(
    "/audit-logs",
    tags=["Administration"],
    summary="List who changed what",
    openapi_extensions=may_answer(400, 404),
)
def list_audit_entries(
    caller: CurrentCaller,
    *,
    warehouse_id: Annotated[str | None, Query(max_length=80)] = None,
    user: Annotated[str | None, Query(max_length=64, description="A user name.")] = None,
    action: Annotated[str | None, Query(max_length=64)] = None,
    about: Annotated[
        str | None,
        Query(
            alias="object",
            max_length=200,
            description="`<type>/<id>`, or `<type>/` for all of a type.",
        ),
    ] = None,
    first: Annotated[Moment | None, Query(alias="from")] = None,
    last: Annotated[Moment | None, Query(alias="to")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> AuditEntryPage:
    """With a warehouse: for its managers, its owner and admins. Without: for managers of the
    company, what is the company's; for admins, everything about an `object` or by a `user`, else
    what is the company's. Lists about an object, or of everything by a user, have sealed entries
    only."""
    query = EntryQuery(
        warehouse_id=warehouse_id,
        username=user,
        action=action,
        about=about,
        first=iso(first) if first else "",
        last=iso(last) if last else "",
    )
    return _view(audit_log_service().list_entries(caller, query, limit, cursor))


@router.get(
    "/audit-logs/verification",
    tags=["Administration"],
    summary="See how far the audit log is sealed, and verify a chain",
)
def verify_audit_log(
    caller: CurrentCaller,
    *,
    scope: Annotated[
        str | None,
        Query(max_length=100, description="`company`, `security` or `warehouse:<id>`: verify it."),
    ] = None,
) -> Verification:
    """Recomputes the chain of the scope and compares it with the signed heads; takes an
    administrator. Every chain is verified once a day, and by `make verify-audit`. What is found is
    kept as `last_verified`, and leaves a security event."""
    service = audit_log_service()
    verified = _verified(service.verify(caller, scope)) if scope else None
    chains = service.list_chains(caller)
    names = service.names_of(caller, {chain.last.by for chain in chains if chain.last})
    return Verification(chains=[_chain(chain, names) for chain in chains], verified=verified)


@router.get("/security/events", tags=["Administration"], summary="List the security events")
def list_security_events(
    caller: CurrentCaller, *, limit: Limit = 50, cursor: Cursor = None
) -> AuditEntryPage:
    """Logins, failures, reuse of tokens, of all accounts; takes an administrator."""
    return _view(audit_log_service().list_security_events(caller, limit, cursor))


@router.get(
    "/users/me/security-events",
    tags=["Account"],
    summary="List the security events of your account",
)
def list_own_security_events(
    caller: CurrentCaller, *, limit: Limit = 50, cursor: Cursor = None
) -> AuditEntryPage:
    return _view(audit_log_service().list_own_security_events(caller, limit, cursor))


def _view(page: EntryPage) -> AuditEntryPage:
    return AuditEntryPage(
        entries=[
            AuditEntry(
                id=entry.id,
                at=entry.at,
                scope=entry.scope,
                actor=Actor(user_id=entry.actor, username=page.names.get(entry.actor)),
                action=entry.action,
                object=entry.object,
                changes=entry.changes,
                omitted=entry.omitted,
                source=entry.source,
                request_id=entry.request_id,
                via=entry.via,
                seq=entry.seq,
                hash=entry.hash or None,
            )
            for entry in page.entries
        ],
        next_cursor=page.next_cursor,
    )


def _chain(chain: ChainStanding, names: dict[str, str]) -> SealedChain:
    head, last = chain.state.head, chain.last
    return SealedChain(
        scope=head.scope,
        sealed=head.seq,
        sealed_at=head.sealed_at,
        hash=head.hash,
        signed=chain.state.signed,
        last_verified=_last(last, names) if last else None,
    )


def _last(last: LastVerification, names: dict[str, str]) -> LastVerifiedChain:
    return LastVerifiedChain(
        at=last.at,
        by=Actor(user_id=last.by, username=names.get(last.by)),
        verified=last.verified,
        intact=last.fault is None,
        fault=_fault(last.fault),
    )


def _verified(report: ScopeReport) -> VerifiedChain:
    return VerifiedChain(
        scope=report.scope,
        verified=report.verified,
        signed=report.signed,
        unsealed=report.unsealed.count,
        intact=report.fault is None,
        fault=_fault(report.fault),
    )


def _fault(fault: Fault | None) -> ChainFault | None:
    if fault is None:
        return None
    return ChainFault(kind=fault.kind.value, seq=fault.seq, detail=fault.detail)
