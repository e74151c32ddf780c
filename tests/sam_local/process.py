"""Processes that end with the tests, identified by pid and start time."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tools.local.failure import StepFailed

_STOP_SECONDS = 60


@contextmanager
def running(
    command: Sequence[str | Path], log: Path, pid_file: Path, environment: Mapping[str, str]
) -> Iterator["subprocess.Popen[bytes]"]:
    """Runs the command during the block; first ends one left behind by a killed run."""
    end(pid_file)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        # In a session of its own: an interrupt at the keyboard is for the tests, which then end
        # everything in order.
        process = subprocess.Popen(
            command,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        pid_file.write_text(f"{process.pid} {_start_of(process.pid)}", encoding="ascii")
        yield process
    finally:
        end(pid_file)
        process.wait()


def end(pid_file: Path) -> None:
    """Terminate the process that the file names, if it still runs, and wait until it has ended."""
    try:
        pid, start = pid_file.read_text(encoding="ascii").split()
    except (FileNotFoundError, ValueError):
        return
    # Another start time: the pid belongs to another program now.
    if _start_of(int(pid)) == start:
        os.kill(int(pid), signal.SIGTERM)
        until = time.monotonic() + _STOP_SECONDS
        while _start_of(int(pid)) == start:
            if time.monotonic() > until:
                raise StepFailed(f"Process {pid} does not stop.")
            time.sleep(0.05)
    pid_file.unlink(missing_ok=True)


def named(part: str) -> list[str]:
    """The command lines of running processes that hold this text."""
    commands = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = entry.read_text(encoding="utf-8", errors="replace").replace("\0", " ")
        except OSError:
            continue
        if part in command:
            commands.append(command)
    return commands


def _start_of(pid: int) -> str:
    """The start time in clock ticks since boot; "" if the process has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return ""
    return "" if fields[0] == "Z" else fields[19]
