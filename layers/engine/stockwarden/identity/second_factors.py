"""The second factor of an account: the secret of its authenticator app, and recovery codes.

The secret has to be readable, since each code is computed from it; of a recovery code only the
SHA-256 is stored, which is enough for 80 random bits. Every code is for one use, also of several
requests at once: the last step and the codes left change by conditional writes, which are part of
the transaction that the code is for. So a code is used up exactly where it has had its effect.
"""

import re
import secrets
from datetime import timedelta

from stockwarden.core.clock import Clock, utc_now
from stockwarden.core.errors import Conflict, Invalid
from stockwarden.identity import totp
from stockwarden.identity.digests import digest_of
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import users as keys
from stockwarden.storage.tables import ConditionFailed, Operation, Table, write

RECOVERY_CODES = 10
# How long a secret waits for its first code.
SETUP_TIME = timedelta(hours=1)

_ALREADY_ON = "The second factor is on already; turn it off first."
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
_CODE = re.compile(rf"[0-9]{{{totp.DIGITS}}}", re.ASCII)
_SPACING = re.compile(r"[\s-]+")


class SecondFactorRepository:
    def __init__(self, table: Table, clock: Clock = utc_now) -> None:
        self._table = table
        self._clock = clock

    def begin(self, username: str, *beside: Operation) -> str:
        """A new secret, which counts once `confirm` has got a code of it. Raises Conflict where the
        second factor is on."""
        secret = totp.new_secret()
        item = {
            **keys.second_factor(username),
            "secret": secret,
            "confirmed": False,
            "expires_at_epoch": int((self._clock() + SETUP_TIME).timestamp()),
        }
        try:
            write(
                self._table.put(
                    item, when="attribute_not_exists(#pk) OR #confirmed = :no", no=False
                ),
                *beside,
            )
        except ConditionFailed:
            raise Conflict(_ALREADY_ON) from None
        return secret

    def confirm(self, username: str, code: str, *beside: Operation) -> list[str]:
        """Turns the second factor on; returns its recovery codes, which are not stored.

        Raises Invalid at /code for a wrong code, Conflict where nothing was begun or it is on."""
        item = self._find(username)
        if item is None or item.get("expires_at_epoch", 0) <= self._now():
            raise Conflict(_ALREADY_ON if item and item["confirmed"] else "Ask for a secret first.")
        step = totp.matching_step(item["secret"], _SPACING.sub("", code), self._now())
        if step is None:
            raise Invalid.field(
                "/code", "This is not the code of the moment; is the clock of your phone right?"
            )
        codes = [_new_code() for _ in range(RECOVERY_CODES)]
        turn_on = self._table.update(
            keys.second_factor(username),
            "SET #confirmed = :yes, #last_step = :step, #recovery = :codes "
            "REMOVE #expires_at_epoch",
            when="#secret = :secret AND #confirmed = :no",
            yes=True,
            no=False,
            step=step,
            codes={_digest(code) for code in codes},
            secret=item["secret"],
        )
        try:
            write(turn_on, self._profile_change(username, has_second_factor=True), *beside)
        except ConditionFailed:
            raise Conflict("The second factor was changed meanwhile; begin again.") from None
        return codes

    def use(self, username: str, code: str) -> Operation | None:
        """The operation that uses the code up; None for a wrong or used one. Its condition is false
        if another request has used it meanwhile."""
        item = self._find(username)
        if item is None or not item["confirmed"]:
            return None
        plain = _SPACING.sub("", code).lower()
        if _CODE.fullmatch(plain):
            return self._use_step(username, item, plain)
        return self._use_recovery_code(username, item, plain)

    def remove(self, username: str, *beside: Operation) -> None:
        """Turns the second factor off. Raises Conflict where it is not on."""
        try:
            write(
                self._table.delete(
                    keys.second_factor(username), when="#confirmed = :yes", yes=True
                ),
                self._profile_change(username, has_second_factor=False),
                *beside,
            )
        except ConditionFailed:
            raise Conflict("The second factor is not on.") from None

    def _use_step(self, username: str, item: Item, code: str) -> Operation | None:
        step = totp.matching_step(item["secret"], code, self._now(), item["last_step"])
        if step is None:
            return None
        return self._table.update(
            keys.second_factor(username),
            "SET #last_step = :step",
            when="#secret = :secret AND #last_step < :step",
            step=step,
            secret=item["secret"],
        )

    def _use_recovery_code(self, username: str, item: Item, code: str) -> Operation | None:
        digest = _digest(code)
        if digest not in item.get("recovery", ()):
            return None
        return self._table.update(
            keys.second_factor(username),
            "DELETE #recovery :used",
            when="contains(#recovery, :digest)",
            used={digest},
            digest=digest,
        )

    def _profile_change(self, username: str, *, has_second_factor: bool) -> Operation:
        return self._table.update(
            keys.profile(username),
            "SET #second_factor = :on ADD #version :one",
            when="attribute_exists(#pk)",
            on=has_second_factor,
            one=1,
        )

    def _find(self, username: str) -> Item | None:
        return self._table.get(keys.second_factor(username), consistent=True)

    def _now(self) -> float:
        return self._clock().timestamp()


def _new_code() -> str:
    """Sixteen characters that are hard to confuse, in four groups."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def _digest(code: str) -> str:
    return digest_of(_SPACING.sub("", code))
