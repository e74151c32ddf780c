"""Who makes a change and how. Light: the authorizer loads it."""

from dataclasses import dataclass

# A person without an id: no account (any more), or one of earlier releases until its migration.
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Origin:
    """Who makes a change and how: the same for all changes of one request.

    `actor` is an opaque user id, or `system`; `source` an address, `drop folder`, `upload form`,
    `analysis` or `schedule`; `via` the id of the session or of the API token.
    """

    actor: str
    source: str
    request_id: str = ""
    via: str = ""
