"""Runs benchmarks of one part, and prints their figures as a table."""

import argparse
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Mapping

from rich.console import Console
from rich.table import Table

from tests.dynamodb_local.server import FOLDER
from tools.bench.measured import Measured


def run(
    of_what: str,
    benchmarks: Mapping[str, Callable[[], Iterable[Measured]]],
    on_dynamodb_local: Collection[str],
) -> int:
    """Those of the arguments (`--only` one), or all; 1 where a limit is exceeded. Those that are on
    DynamoDB Local are left out where there is none, and it says so."""
    parser = argparse.ArgumentParser(description=f"Benchmarks of {of_what}.")
    parser.add_argument("--only", choices=list(benchmarks))
    only = parser.parse_args().only
    os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
    table = Table("what", "measured", "against", "ratio", "limit", "")
    within = True
    for name, measure in benchmarks.items():
        if only not in {None, name}:
            continue
        if name in on_dynamodb_local and not _has_dynamodb_local():
            print(f"{of_what}, {name}: not measured, there is no JDK or no DynamoDB Local")
            continue
        for each in measure():
            within &= each.is_within
            table.add_row(*each.row)
    Console().print(table)
    return 0 if within else 1


def _has_dynamodb_local() -> bool:
    return shutil.which("javac") is not None and (FOLDER / "installed").exists()
