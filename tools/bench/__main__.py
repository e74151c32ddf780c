"""Runs every benchmark, one table each: `make bench`. Exits with 1 if a limit is exceeded.

The upload benchmark runs against the stack of `make up`, and says so when there is none.
"""

import subprocess
import sys

from tools.template import ROOT

SAM = ROOT / ".local" / "env" / "sam"
STACK = ROOT / ".local" / "stack.json"


def main() -> int:
    emulators = sorted(
        SAM.glob("lib/python*/site-packages/samcli/local/rapid/aws-lambda-rie-x86_64")
    )
    if not emulators:
        print("No Lambda runtime emulator in .local/env/sam; run `make install`.", file=sys.stderr)
        return 1
    benchmarks = [["engine"], ["backtest"], ["precision"], ["ledger"], ["lists"], ["analytics"]]
    benchmarks += [["search"], ["init", "--rie", str(emulators[0])]]
    if STACK.exists():
        benchmarks.append(["upload"])
    else:
        print("upload: not measured, nothing is running here (`make up` first)")
    failed = 0
    for name, *arguments in benchmarks:
        command = [sys.executable, "-m", f"tools.bench.{name}", *arguments]
        failed |= subprocess.run(command, cwd=ROOT, check=False).returncode
    return int(failed != 0)


if __name__ == "__main__":
    sys.exit(main())
