"""The key of a request that must not be done twice."""

from dataclasses import dataclass

from stockwarden.core.errors import Invalid
from stockwarden.core.ids import derived_id, new_id


@dataclass(frozen=True)
class RequestKey:
    """`name` is a digest of the caller, the route and the `Idempotency-Key`, and `payload` one of
    the body: a repetition has both, another request with the same key only the first."""

    name: str
    payload: str

    @classmethod
    def of_no_key(cls) -> "RequestKey":
        """For a request without a key, which cannot be repeated."""
        return cls(new_id("request"), "")

    def require_same(self, payload: str | None) -> None:
        """Raises Invalid if what the key made was asked for with another body."""
        if payload != self.payload:
            raise Invalid("This Idempotency-Key was used for another request; take a new one.")

    def id(self, prefix: str) -> str:
        """The id of what the request makes: the same for every repetition."""
        return derived_id(prefix, self.name)
