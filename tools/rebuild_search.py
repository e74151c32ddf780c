"""Makes the index of a stack's search anew: `make rebuild-search [STACK=…]`.

    2,214 documents

While it runs, the search is used and follows what changes. Without `--stack` it is the stack of
`make up`; credentials and region for another are the shell's. Exit code: 0, or 2 if the tables
could not be read or the index was not written.
"""

import argparse
import sys
from itertools import chain

from botocore.exceptions import BotoCoreError, ClientError

from stockwarden.core.clock import utc_now
from stockwarden.core.errors import Unavailable
from stockwarden.search.base import BaseStore
from stockwarden.search.log import SearchLog
from stockwarden.search.rebuild import rebuild
from stockwarden.storage import clients
from stockwarden.storage.objects import Objects
from stockwarden.storage.scans import scan
from stockwarden.storage.tables import Table
from tools.local.failure import StepFailed
from tools.stack_outputs import outputs_of

_OUTPUTS = ("CatalogTableName", "StockTableName", "ProjectionsTableName", "BucketName")


def rebuild_of(stack: str) -> int:
    """Returns how many documents there are."""
    outputs = outputs_of(stack)
    missing = [name for name in _OUTPUTS if name not in outputs]
    if missing:
        raise StepFailed(f"The stack has no output {missing[0]}: deploy this release.")
    catalog, stock, projections, bucket = (outputs[name] for name in _OUTPUTS)
    client = clients.dynamodb()
    index = Table(client, projections)
    return rebuild(
        chain(scan(Table(client, catalog)), scan(Table(client, stock))),
        SearchLog(index, utc_now),
        BaseStore(index, Objects(clients.s3(), bucket)),
        utc_now,
    )


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Make the index of the search anew.")
    parser.add_argument("--stack", default="", help="on AWS; without, that of `make up`")
    stack = parser.parse_args(arguments).stack
    try:
        print(f"{rebuild_of(stack):,} documents")
    except (BotoCoreError, ClientError, StepFailed, Unavailable) as failed:
        print(f"The index could not be made: {failed}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
