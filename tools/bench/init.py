"""Benchmarks INIT in the Lambda runtime interface emulator against minimal functions.

    python -m tools.bench.init --rie PATH [--runs 9] [--only authorizer]

The emulator (`aws-lambda-rie`, it ships inside the SAM CLI package) starts the runtime client
and reports how long the import of the handler took. Bare and real take turns, so that a machine
that slows down slows both; the figure to read is the ratio of the medians.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tools.free_port import free_port

ROOT = Path(__file__).resolve().parents[2]
BARE = ROOT / "tools" / "bench" / "bare"
_DURATION = re.compile(r"INIT REPORT\(durationMs: ([0-9.]+)\)")
ENVIRONMENT = {
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_REGION": "eu-west-1",
    "AWS_ACCESS_KEY_ID": "bench",
    "AWS_SECRET_ACCESS_KEY": "bench",
    "AWS_EC2_METADATA_DISABLED": "true",
    "USERS_TABLE": "users",
    "REPORTS_TABLE": "reports",
    "ANOMALIES_TABLE": "anomalies",
    "CATALOG_TABLE": "catalog",
    "STOCK_TABLE": "stock",
    "BUCKET": "bucket",
    "ANALYSIS_QUEUE_URL": "http://127.0.0.1:9/queue",
    "TOKEN_SECRET_ID": "secret",
    "POWERTOOLS_SERVICE_NAME": "bench",
    "POWERTOOLS_METRICS_NAMESPACE": "Stockwarden",
}


@dataclass(frozen=True)
class Case:
    """A handler, its minimal baseline, and the extra time it may take."""

    name: str
    handler: str
    bare: str
    limit: float


CASES = (
    Case("authorizer", "authorizer.app.handler", "bare_authorizer.handler", 1.2),
    Case("auth", "auth.app.handler", "bare_rest.handler", 1.3),
    Case("warehouses", "warehouses.app.handler", "bare_rest.handler", 1.3),
    Case("catalog", "catalog.app.handler", "bare_rest.handler", 1.3),
    Case("stock", "stock.app.handler", "bare_rest.handler", 1.3),
    Case("reports", "reports.app.handler", "bare_rest.handler", 1.3),
    Case("anomalies", "anomalies.app.handler", "bare_rest.handler", 1.3),
    Case("rules", "rules.app.handler", "bare_rest.handler", 1.3),
)


def measure_init(rie: Path, handler: str) -> float:
    """The milliseconds of one INIT. Raises RuntimeError with the log if it failed."""
    port = free_port()
    paths = [ROOT / "functions", ROOT / "layers" / "engine", BARE]
    command = [
        str(rie),
        "--log-level",
        "debug",
        "--runtime-interface-emulator-address",
        f"127.0.0.1:{port}",
        "--runtime-api-address",
        f"127.0.0.1:{free_port()}",
        sys.executable,
        "-m",
        "awslambdaric",
        handler,
    ]
    environment = {
        **os.environ,
        **ENVIRONMENT,
        "PYTHONPATH": os.pathsep.join(map(str, paths)),
    }
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        _invoke(port)
    finally:
        process.terminate()
        log, _ = process.communicate(timeout=10)
    match = _DURATION.search(log)
    if match is None or "INIT RTDONE(status: success)" not in log:
        raise RuntimeError(f"{handler} did not start:\n{log}")
    return float(match.group(1))


def _invoke(port: int) -> None:
    """Sends the first call, which starts the runtime; ignores the response."""
    url = f"http://127.0.0.1:{port}/2015-03-31/functions/function/invocations"
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, data=b"{}", timeout=20) as answer:
                answer.read()
        except urllib.error.HTTPError:
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"the emulator did not answer on port {port}")


def main() -> int:
    parser = argparse.ArgumentParser(description="INIT times, real against bare.")
    parser.add_argument("--rie", type=Path, required=True, help="the aws-lambda-rie program")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--only", choices=[case.name for case in CASES], help="one function")
    arguments = parser.parse_args()
    table = Table("function", "bare ms", "real ms", "ratio", "limit", "")
    within = True
    for case in CASES:
        if arguments.only not in {None, case.name}:
            continue
        bare, real = [], []
        for run in range(arguments.runs + 1):
            milliseconds = (
                measure_init(arguments.rie, case.bare),
                measure_init(arguments.rie, case.handler),
            )
            if run:  # the first pair only fills the bytecode and file caches
                bare.append(milliseconds[0])
                real.append(milliseconds[1])
        base, ours = statistics.median(bare), statistics.median(real)
        ratio = ours / base
        within &= ratio <= case.limit
        mark = "ok" if ratio <= case.limit else "[red]over[/]"
        figures = (f"{base:.0f}", f"{ours:.0f}", f"{ratio:.2f}", f"{case.limit}", mark)
        table.add_row(case.name, *figures)
    Console().print(table)
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())
