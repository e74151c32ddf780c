"""`python -m tools.step WHAT -- COMMAND …`: one line for a step of `make lint`, with its time.

What the command says is shown only when it fails; its exit code is the step's.
"""

import argparse
import subprocess
import time

from rich.markup import escape

from tools.local.show import console


def main() -> int:
    parser = argparse.ArgumentParser(description="Run a command as one line.")
    parser.add_argument("what")
    parser.add_argument("command", nargs="+")
    arguments = parser.parse_args()
    start = time.perf_counter()
    with console.status(f"{escape(arguments.what)} …"):
        process = subprocess.run(
            arguments.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    time_taken = f"[dim]({time.perf_counter() - start:.1f} s)[/]"
    if process.returncode == 0:
        console.print(f"[green]✓[/] {escape(arguments.what)} {time_taken}")
        return 0
    console.print(f"[red]✗[/] {escape(arguments.what)} {time_taken}")
    # Printed verbatim, without line breaks, colours or markup of our own.
    console.out(process.stdout, highlight=False, end="")
    return process.returncode


if __name__ == "__main__":
    raise SystemExit(main())
