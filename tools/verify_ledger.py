"""Verifies the ledgers of a stack: `make verify-ledger [STACK=…]`.

    item_1: balance at wh_hall#A-01#–: stored 12, right 11
    1,204 items verified, 1 difference

Without `--stack` it is the stack of `make up`; credentials and region for another are the shell's.
Exit code: 0 if everything is what the movements say, 1 for a difference, 2 if the ledgers could not
be read.
"""

import argparse
import sys

from botocore.exceptions import BotoCoreError, ClientError

from stockwarden.core.errors import Unavailable
from stockwarden.stock.verification import LedgerVerification
from stockwarden.storage import clients
from stockwarden.storage.tables import Table
from tools.local.failure import StepFailed
from tools.stack_outputs import outputs_of


def verify(table_name: str) -> int:
    """Prints a line for each difference. The exit code."""
    verification = LedgerVerification(Table(clients.dynamodb(), table_name))
    items = found = 0
    for item_id, _ in verification.item_ids():
        items += 1
        for each in verification.differences(item_id):
            found += 1
            print(f"{item_id}: {each.what}: stored {each.stored}, right {each.right}")
    print(f"{items:,} items verified, {found:,} difference{'' if found == 1 else 's'}")
    if found:
        print("Not what the movements say. See docs/operations.md.", file=sys.stderr)
    return 1 if found else 0


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Verify the ledgers of a stack.")
    parser.add_argument("--stack", default="", help="on AWS; without, that of `make up`")
    stack = parser.parse_args(arguments).stack
    try:
        name = outputs_of(stack).get("StockTableName")
        if name is None:
            raise StepFailed("The stack has no output StockTableName: deploy this release.")
        return verify(name)
    except (BotoCoreError, ClientError, StepFailed, Unavailable) as failed:
        print(f"The ledgers could not be verified: {failed}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
