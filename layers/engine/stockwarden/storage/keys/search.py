"""The keys of the index of the search, in the projections table.

| item  | pk       | sk          |                                 |
|-------|----------|-------------|---------------------------------|
| entry | `SEARCH` | `LOG#<seq>` | documents that changed, a batch |
| base  | `SEARCH` | `BASE`      | where the last written index is |

A `<seq>` has twelve digits.
"""

from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import KeyRange


def search_log() -> KeyRange:
    """What has changed of what is searched, in the order in which it was written."""
    return KeyRange("SEARCH", "LOG#")


def search_log_after(seq: int) -> KeyRange:
    return search_log().between(first=_digits(seq + 1))


def search_log_before(seq: int) -> KeyRange:
    return search_log().between(last=_digits(seq - 1))


def search_log_entry(seq: int) -> Item:
    return search_log().key(_digits(seq))


def search_seq_in(entry: Item) -> int:
    return int(search_log().rest_of(entry))


def search_base() -> Item:
    return {"pk": "SEARCH", "sk": "BASE"}


def _digits(seq: int) -> str:
    return f"{seq:012}"
