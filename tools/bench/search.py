"""Benchmarks the search, as ratios within one run.

    python -m tools.bench.search [--only growth|copies|keys]

- A search with 100,000 items to one with 1,000: what one request does beside the rights of its
  caller, the read of the log from DynamoDB Local included.
- What a new copy of the index costs, and one that takes in the changes of a minute.
- The other way that was tried: an entry for each word of each item in DynamoDB. See
  docs/decisions/0037-search.md.

Those of DynamoDB Local need a JDK (`make test-dynamodb` gets it); without they say so.
"""

import sys

from tools.bench.runner import run
from tools.bench.search_growth import copies, growth
from tools.bench.search_keys import keys

BENCHMARKS = {"growth": growth, "copies": copies, "keys": keys}

if __name__ == "__main__":
    sys.exit(run("the search", BENCHMARKS, {"growth", "keys"}))
