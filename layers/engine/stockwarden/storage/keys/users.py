"""The keys of the users table.

| item    | pk                    | sk        |                                                   |
|---------|-----------------------|-----------|---------------------------------------------------|
| profile | `USER#<username>`     | `PROFILE` | an account                                        |
| session | `SESSION#<id>`        | `SESSION` | a sign-in, until it expires                       |
| rate    | `RATE#<kind>#<key>`   | `RATE`    | how often something was tried, until that is over |
| delay   | `RATE#<kind>#<key>`   | `DELAY`   | failures of one source against one name           |
| probe   | `READY`               | `READY`   | never there: read to see that the table answers   |

A `<username>` is in its canonical form. The `<key>` of a rate or a delay is the limited
source.
"""

from stockwarden.storage.attributes import Item


def profile(username: str) -> Item:
    return {"pk": f"USER#{username}", "sk": "PROFILE"}


def session(session_id: str) -> Item:
    return {"pk": f"SESSION#{session_id}", "sk": "SESSION"}


def rate(kind: str, key: str) -> Item:
    return {"pk": f"RATE#{kind}#{key}", "sk": "RATE"}


def delay(kind: str, key: str) -> Item:
    return {"pk": f"RATE#{kind}#{key}", "sk": "DELAY"}


def source_and_name(source: str, username: str) -> str:
    """The `<key>` of a source that tries a name."""
    return f"{source}#{username}"


def probe() -> Item:
    return {"pk": "READY", "sk": "READY"}
