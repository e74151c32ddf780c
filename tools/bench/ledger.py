"""Benchmarks the catalog and the ledger, as ratios within one run.

    python -m tools.bench.ledger [--only latency|growth|movements|large]

- The latency of warm functions over an in-process DynamoDB, to the same handler with a service that
  does nothing. Most of that is the imitation of DynamoDB.
- Lists and stock at an instant with 100,000 items, or movements of one, to 1,000.
- Movements per second against DynamoDB Local, to bare transactions of the same size: of one item,
  and of 1,000 by several people.
- A receipt of 250 lines as one, to the bare transactions that it would take in pieces.

The last three need a JDK, and DynamoDB Local (`make test-dynamodb` gets it); without they say so.
"""

import sys

from tools.bench.ledger_growth import growth
from tools.bench.ledger_large import large
from tools.bench.ledger_latency import latency
from tools.bench.ledger_throughput import throughput
from tools.bench.runner import run

BENCHMARKS = {"latency": latency, "growth": growth, "movements": throughput, "large": large}

if __name__ == "__main__":
    sys.exit(run("the catalog and the ledger", BENCHMARKS, {"growth", "movements", "large"}))
