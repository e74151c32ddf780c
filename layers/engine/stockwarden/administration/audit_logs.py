"""Use cases of the audit log: who may read which entries, and whether the chains are intact.

An admin reads everything. A manager of the company reads what is the company's, the manager and
the owner of a warehouse what is the warehouse's, and everybody the security events of their own
account. Entries name people by opaque ids; the names come from the accounts that there are now, so
that those of an erased person have none.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from stockwarden.audit.chain import GENESIS, Head
from stockwarden.audit.entry import COMPANY, SECURITY, Entry, is_scope, warehouse_scope
from stockwarden.audit.heads import ChainState, HeadRepository
from stockwarden.audit.repository import AuditRepository, EntryFilter, EntryList
from stockwarden.audit.verification import AuditVerification, ScopeReport
from stockwarden.audit.verifications import LastVerification, VerificationRepository
from stockwarden.core.errors import Invalid
from stockwarden.identity.access import Caller, Role, require_role
from stockwarden.identity.user_directory import UserDirectory
from stockwarden.identity.usernames import canonical, may_exist
from stockwarden.identity.users import UserRepository


@dataclass(frozen=True)
class EntryQuery:
    """What entries are asked for; None is any. `about` is `<type>/<id>`, or `<type>/` for all of a
    type; `first` and `last` are moments as `core.clock.iso` writes them, inclusive."""

    warehouse_id: str | None = None
    username: str | None = None
    action: str | None = None
    about: str | None = None
    first: str = ""
    last: str = ""


@dataclass(frozen=True)
class EntrySelection:
    """A list that the caller may read: `value` names it, `wanted` filters it. `scope` is the chain
    in which what is done with it is noted."""

    kind: EntryList
    value: str
    wanted: EntryFilter
    scope: str


@dataclass(frozen=True)
class ChainStanding:
    """How far a chain is sealed and signed, and what its last verification found, if any."""

    state: ChainState
    last: LastVerification | None


@dataclass(frozen=True)
class EntryPage:
    """`names` is {user id: user name} of the actors whose accounts there are."""

    entries: list[Entry]
    next_cursor: str | None
    names: dict[str, str]


class AuditLogService:
    """`require_managed` raises NotFound or Forbidden unless the caller manages the warehouse."""

    def __init__(
        self,
        *,
        entries: AuditRepository,
        users: UserRepository,
        directory: UserDirectory,
        heads: HeadRepository,
        verification: AuditVerification,
        notes: VerificationRepository,
        require_managed: Callable[[Caller, str], None],
    ) -> None:
        self._entries = entries
        self._users = users
        self._directory = directory
        self._heads = heads
        self._verification = verification
        self._notes = notes
        self._require_managed = require_managed

    def list_entries(
        self, caller: Caller, query: EntryQuery, limit: int, cursor: str | None
    ) -> EntryPage:
        """One page, newest first. Raises Forbidden, NotFound for the warehouse, and Invalid for a
        user that there is not.

        Lists about one object, and of one person for an admin, have sealed entries only.
        """
        selection = self.select(caller, query)
        return self._page(selection.kind, selection.value, selection.wanted, limit, cursor)

    def select(self, caller: Caller, query: EntryQuery) -> EntrySelection:
        """What `list_entries` lists. Raises as it does."""
        scope = self._scope(caller, query.warehouse_id)
        sees_all = caller.is_admin and query.warehouse_id is None
        wanted = EntryFilter(
            action=query.action or "",
            actor=self._id_of(query.username) if query.username else "",
            object=query.about or "",
            first=query.first,
            last=query.last,
            scopes=None if sees_all else frozenset({scope}),
        )
        if wanted.object and not wanted.object.endswith("/"):
            return EntrySelection("object", wanted.object, wanted, scope)
        if wanted.actor and sees_all:
            return EntrySelection("actor", wanted.actor, wanted, scope)
        return EntrySelection("scope", scope, wanted, scope)

    def require_reader(self, caller: Caller, warehouse_id: str | None) -> None:
        """Raises Forbidden and NotFound as `list_entries` does."""
        self._scope(caller, warehouse_id)

    def list_security_events(self, caller: Caller, limit: int, cursor: str | None) -> EntryPage:
        """Of all accounts, newest first."""
        require_role(caller, Role.ADMIN)
        return self._page("scope", SECURITY, EntryFilter(), limit, cursor)

    def list_own_security_events(self, caller: Caller, limit: int, cursor: str | None) -> EntryPage:
        """Of the caller's account, newest first; sealed ones only."""
        wanted = EntryFilter(scopes=frozenset({SECURITY}))
        return self._page("object", f"user/{caller.user_id}", wanted, limit, cursor)

    def list_chains(self, caller: Caller) -> list[ChainStanding]:
        """Every chain, by its scope; also one that was verified once and whose head is gone."""
        require_role(caller, Role.ADMIN)
        states = {state.head.scope: state for state in self._heads.list_states()}
        last = self._notes.list_last()
        return [
            ChainStanding(
                states.get(scope) or ChainState(Head(scope, 0, GENESIS, "")), last.get(scope)
            )
            for scope in sorted(states | last)
        ]

    def verify(self, caller: Caller, scope: str) -> ScopeReport:
        """Recomputes the chain of a scope, compares it with the signed heads, and notes what it
        found. Raises Invalid for what is no scope."""
        require_role(caller, Role.ADMIN)
        if not is_scope(scope):
            raise Invalid.field(
                "/scope", "A scope is company, security or warehouse:<id of a warehouse>."
            )
        report = self._verification.verify_scope(scope)
        self._notes.note(caller.origin, report)
        return report

    def names_of(self, caller: Caller, user_ids: Iterable[str]) -> dict[str, str]:
        """{user id: user name} of the accounts that there are."""
        require_role(caller, Role.ADMIN)
        return self._names_of(user_ids)

    def _scope(self, caller: Caller, warehouse_id: str | None) -> str:
        if warehouse_id is None:
            require_role(caller, Role.MANAGER)
            return COMPANY
        self._require_managed(caller, warehouse_id)
        return warehouse_scope(warehouse_id)

    def _id_of(self, username: str) -> str:
        user = self._users.find(username) if may_exist(canonical(username)) else None
        if user is None:
            raise Invalid.field("/user", f"There is no user {username!r}.")
        return user.user_id

    def _page(
        self, kind: EntryList, value: str, wanted: EntryFilter, limit: int, cursor: str | None
    ) -> EntryPage:
        entries, more = self._entries.page(kind, value, wanted, limit=limit, cursor=cursor)
        return EntryPage(entries, more, self._names_of(entry.actor for entry in entries))

    def _names_of(self, actors: Iterable[str]) -> dict[str, str]:
        return self._directory.names_of({actor for actor in actors if actor.startswith("usr_")})
