"""Makes the projections of a stack anew: `make rebuild-projections [STACK=…]`.

    2,000 items done, generation 3 is read, 41,210 records of earlier ones removed

What search and analytics are answered from is read from the catalog and the stock, while both are
changed; then answers are read from it, at once, and the ranked lists are made anew.
Without `--stack` it is the stack of `make up`; credentials and region for another are the shell's.
Exit code: 0 if done, 2 if not, in which case the earlier projections go on.
"""

import argparse
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from stockwarden.analytics.day_ends import DayEnds
from stockwarden.analytics.generations import Generations
from stockwarden.analytics.orders import OrderProjection
from stockwarden.analytics.rebuild import Rebuild, Rebuilt
from stockwarden.analytics.refresh import Refresh
from stockwarden.analytics.usage import UsageProjection
from stockwarden.analytics.values import ValueProjection
from stockwarden.analytics.views import ViewStore
from stockwarden.core.clock import utc_now
from stockwarden.core.errors import Conflict, Unavailable
from stockwarden.storage import clients
from stockwarden.storage.tables import Table
from tools.local.failure import StepFailed
from tools.stack_outputs import outputs_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def make_anew(
    client: "DynamoDBClient", outputs: Mapping[str, str], tell: Callable[[int], None]
) -> Rebuilt:
    """Raises Conflict, Unavailable, and StepFailed for a stack without projections."""
    names = ("ProjectionsTableName", "StockTableName")
    missing = [name for name in names if name not in outputs]
    if missing:
        raise StepFailed(f"The stack has no output {missing[0]}: deploy this release.")
    table, stock = (Table(client, outputs[name]) for name in names)
    generations = Generations(table)
    done = Rebuild(
        table,
        stock,
        generations,
        values=ValueProjection(table, generations),
        usage=UsageProjection(table, stock, generations),
        orders=OrderProjection(table, generations),
    ).run(tell)
    Refresh(table, generations, ViewStore(table), DayEnds(table, utc_now), utc_now).run()
    return done


def _tell(items: int) -> None:
    if items % 1000 == 0:
        print(f"{items:,} items …")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Make the projections of a stack anew.")
    parser.add_argument("--stack", default="", help="on AWS; without, that of `make up`")
    stack = parser.parse_args(arguments).stack
    try:
        # First, as it sets the credentials of the local cloud.
        outputs = outputs_of(stack)
        done = make_anew(clients.dynamodb(), outputs, _tell)
    except (BotoCoreError, ClientError, StepFailed, Conflict, Unavailable) as failed:
        print(f"The projections could not be made anew: {failed}", file=sys.stderr)
        return 2
    print(
        f"{done.items:,} items done, generation {done.generation} is read, "
        f"{done.removed:,} records of earlier ones removed"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
