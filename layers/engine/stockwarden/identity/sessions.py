"""Sessions and their refresh tokens: a token is for one use, and a second use ends the session.

A refresh token is `<session id>.<nonce>.<proof>`. The session stores only the SHA-256 of its
current token. The proof, an HMAC under a key of the session, distinguishes earlier tokens from
forged text: only a real token can end the session, so knowing a session id is not enough.

Of two requests with the same token only one succeeds: the rotation is a conditional write, and the
other request counts as a second use. Without a device key there is no grace period, because a
thief of the token could use it.

Browsers need one: a page that is left aborts its request while the server executes it, and tabs
learn late of each other's refresh. So a request with the device's key, which is no part of the
token, gets the same answer again for a minute, with the token just used or with the new one. Only
the digest of the key is stored: the next token is derived from the used one and both keys.
"""

import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from stockwarden.core.clock import Clock, iso, utc_now
from stockwarden.core.errors import NotFound, Unauthenticated
from stockwarden.core.ids import may_be_id, new_id
from stockwarden.core.text import name_from
from stockwarden.identity.digests import digest_of
from stockwarden.identity.sign_outs import SignOuts
from stockwarden.storage.attributes import Item
from stockwarden.storage.cursors import decode_listed, encode_cursor
from stockwarden.storage.keys import users as keys
from stockwarden.storage.tables import ConditionFailed, Operation, Table, write

ASK_AGAIN = timedelta(seconds=60)
MAX_USER_AGENT = 300

_SHAPE = re.compile(r"(ses_[0-9a-f]{26})\.([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{22})")


@dataclass(frozen=True)
class Client:
    """Where a request to sign in came from; "" is unknown."""

    address: str = ""
    user_agent: str = ""


@dataclass(frozen=True)
class Session:
    """`sign_outs` is the account's count when the session began."""

    id: str
    username: str
    created_at: str
    sign_outs: int
    refresh_digest: str = field(repr=False)
    proof_key: str = field(repr=False)
    device_digest: str | None
    ask_again_until_epoch: int


@dataclass(frozen=True)
class ListedSession:
    """As its owner sees it. Times are ISO 8601 in UTC; `refreshed_at` is None before a refresh."""

    id: str
    created_at: str
    refreshed_at: str | None
    origin: Client


@dataclass(frozen=True)
class Opened:
    """A session and its current refresh token."""

    session_id: str
    refresh_token: str = field(repr=False)


class SessionRepository:
    def __init__(self, table: Table, lifetime: timedelta, clock: Clock = utc_now) -> None:
        self._table = table
        self._clock = clock
        self.lifetime = lifetime

    def start(
        self,
        username: str,
        sign_outs: int = 0,
        client: Client = Client(),
        beside: Callable[[str], Sequence[Operation]] = lambda _: (),
    ) -> Opened:
        """Begins a session. `sign_outs` is the count of the profile that was read for it; `beside`
        gives what is written with the session, from its id."""
        session_id, proof_key = new_id("ses"), secrets.token_hex(16)
        token = _token(session_id, proof_key, nonce=secrets.token_urlsafe(32))
        created_at = iso(self._clock())
        item = {
            **keys.session(session_id),
            **keys.listed_session(username, created_at, session_id),
            "id": session_id,
            "username": username,
            "sign_outs": sign_outs,
            "address": client.address,
            "user_agent": name_from(client.user_agent[:MAX_USER_AGENT]),
            "refresh_digest": digest_of(token),
            "proof_key": proof_key,
            "created_at": created_at,
            "expires_at_epoch": self._expiry(self.lifetime),
        }
        write(self._table.put(item), *beside(session_id))
        return Opened(session_id, token)

    def find_session(self, refresh_token: str) -> Session:
        """The live session of a refresh token, used or not. Raises Unauthenticated."""
        shape = _SHAPE.fullmatch(refresh_token)
        item = self._table.get(keys.session(shape[1]), consistent=True) if shape else None
        if shape is None or item is None or not is_alive(item, self._clock):
            raise _refused()
        session = Session(
            id=shape[1],
            username=item["username"],
            created_at=item["created_at"],
            # Sessions of earlier releases have none.
            sign_outs=item.get("sign_outs", 0),
            refresh_digest=item["refresh_digest"],
            proof_key=item["proof_key"],
            device_digest=item.get("device_digest"),
            ask_again_until_epoch=item.get("ask_again_until_epoch", 0),
        )
        if not hmac.compare_digest(_proof(session.proof_key, shape[2]), shape[3]):
            raise _refused()
        return session

    def rotate(
        self,
        session: Session,
        refresh_token: str,
        device_key: str | None = None,
        reused: Callable[[], Sequence[Operation]] = tuple,
    ) -> Opened:
        """Exchanges `refresh_token` of `session` (see `find_session`) for a new one. `reused` gives
        what is written when a token used before ends the session.

        Raises Unauthenticated for a token used before, which ends the session. Within `ASK_AGAIN`
        of a refresh the same `device_key` gets the same token again instead."""
        if device_key and (repeated := self._repeat_answer(session, refresh_token, device_key)):
            return repeated
        token = _next_token(session, refresh_token, device_key)
        change = self._table.update(
            keys.session(session.id),
            "SET #refresh_digest = :next, #expires_at_epoch = :until, "
            "#device_digest = :device, #ask_again_until_epoch = :soon, #refreshed_at = :now, "
            "#id = :id, #directory = :directory, #listed = :listed",
            when="#refresh_digest = :presented",
            next=digest_of(token),
            until=self._expiry(self.lifetime),
            device=digest_of(device_key) if device_key else None,
            soon=self._expiry(ASK_AGAIN) if device_key else 0,
            presented=digest_of(refresh_token),
            now=iso(self._clock()),
            id=session.id,
            # Sessions of earlier releases are listed from their next refresh on.
            **keys.listed_session(session.username, session.created_at, session.id),
        )
        try:
            write(change)
        except ConditionFailed:
            return self._handle_reuse(refresh_token, token, device_key, reused)
        return Opened(session.id, token)

    def _handle_reuse(
        self,
        refresh_token: str,
        next_token: str,
        device_key: str | None,
        reused: Callable[[], Sequence[Operation]],
    ) -> Opened:
        """Handles a token that was used before: by this request, whose write was repeated for want
        of an answer; by the same device just now; or by a thief."""
        session = self.find_session(refresh_token)
        # Without a device's key the next token is random: nobody else can have made it.
        if not device_key and hmac.compare_digest(digest_of(next_token), session.refresh_digest):
            return Opened(session.id, next_token)
        if device_key and (repeated := self._repeat_answer(session, refresh_token, device_key)):
            return repeated
        self.end(session.id, *reused())
        raise Unauthenticated(
            "This refresh token was used before, so its session has ended. Sign in again."
        )

    def _repeat_answer(
        self, session: Session, refresh_token: str, device_key: str
    ) -> Opened | None:
        """The answer of the last refresh, if this device may receive it again; else None."""
        known = session.device_digest or ""
        if self._clock().timestamp() >= session.ask_again_until_epoch:
            return None
        if not hmac.compare_digest(digest_of(device_key), known):
            return None
        for token in (refresh_token, _next_token(session, refresh_token, device_key)):
            if hmac.compare_digest(digest_of(token), session.refresh_digest):
                return Opened(session.id, token)
        return None

    def end(self, session_id: str, *operations: Operation) -> None:
        """Ends a session, together with `operations`; nothing happens if it has ended."""
        ended = self._table.delete(keys.session(session_id), when="attribute_exists(#pk)")
        with suppress(ConditionFailed):
            write(ended, *operations)

    def end_own(self, username: str, session_id: str, *beside: Operation) -> None:
        """Ends a session of the account. Raises NotFound unless it has it."""
        if not may_be_id(session_id):
            raise NotFound("There is no such session.")
        try:
            write(
                self._table.delete(
                    keys.session(session_id), when="#username = :owner", owner=username
                ),
                *beside,
            )
        except ConditionFailed:
            raise NotFound("There is no such session.") from None

    def list_sessions(
        self, username: str, ended: SignOuts, *, limit: int, cursor: str | None
    ) -> tuple[list[ListedSession], str | None]:
        """The living sessions among the `limit` next ones of an account, newest first, and the
        cursor of the next page. Raises BadRequest for a cursor of another list."""
        scope = f"sessions#{username}"
        after = decode_listed(scope, cursor)
        listed = keys.sessions_of(username)
        # A place in the list ends with the session's id.
        last_id = after.rpartition("#")[2] if after else ""
        start = {**listed, "listed": after, **keys.session(last_id)} if after else None
        page = self._table.query(
            "#directory = :directory",
            index="directory",
            limit=limit,
            start=start,
            newest_first=True,
            **listed,
        )
        living = [
            _listed(item)
            for item in page.items
            if is_alive(item, self._clock)
            and not ended.have_ended_session(item["id"], item.get("sign_outs", 0))
        ]
        last = page.last_key
        return living, encode_cursor(scope, [last["listed"]]) if last else None

    def _expiry(self, life: timedelta) -> int:
        return int((self._clock() + life).timestamp())


def is_alive(item: Item, clock: Clock) -> bool:
    """Whether a session has not expired; DynamoDB removes expired items days late."""
    return bool(item["expires_at_epoch"] > clock().timestamp())


def _listed(item: Item) -> ListedSession:
    return ListedSession(
        id=item["id"],
        created_at=item["created_at"],
        refreshed_at=item.get("refreshed_at"),
        origin=Client(item.get("address", ""), item.get("user_agent", "")),
    )


def _next_token(session: Session, spent: str, device_key: str | None) -> str:
    """The token after `spent`: random, or derived for a device, so that it can be repeated."""
    if device_key:
        text = f"next\0{spent}\0{device_key}".encode()
        nonce = _text(hmac.digest(session.proof_key.encode(), text, "sha256"))
    else:
        nonce = secrets.token_urlsafe(32)
    return _token(session.id, session.proof_key, nonce)


def _token(session_id: str, proof_key: str, nonce: str) -> str:
    return f"{session_id}.{nonce}.{_proof(proof_key, nonce)}"


def _proof(proof_key: str, nonce: str) -> str:
    return _text(hmac.digest(proof_key.encode(), nonce.encode(), "sha256")[:16])


def _text(mac: bytes) -> str:
    return urlsafe_b64encode(mac).rstrip(b"=").decode()


def _refused() -> Unauthenticated:
    return Unauthenticated("The refresh token does not hold. Sign in again.")
