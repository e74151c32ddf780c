"""A process that is nobody's child here: whether it runs, and whether it works."""

import os
import re
import subprocess
import time
from pathlib import Path

# Of one processor: what only waits for requests uses a hundredth of this.
_LEAST_SHARE = 0.02
_PROC = Path("/proc")
_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


def command_of(pid: int) -> str:
    """The command line of a running process; "" if there is none, or only its remains."""
    if _has_proc():
        try:
            command = (_PROC / str(pid) / "cmdline").read_text(encoding="utf-8")
        except (FileNotFoundError, ProcessLookupError):
            return ""
        return command.replace("\0", " ")
    return _ps(pid, "command")


def size_of(folder: Path, since: float = 0) -> int:
    """Bytes of the files below a folder that were written at or after a time of the clock."""
    stats = [found for _, found in _files(folder)]
    return sum(found.st_size for found in stats if found.st_mtime >= since)


class Worker:
    """Looks at a process and at the folder it writes to, again and again."""

    def __init__(self, pid: int, folder: Path, period: float = 5) -> None:
        """`period`: seconds over which its share of the processor is taken."""
        self._pid = pid
        self._folder = folder
        self._period = period
        self._worked = self._marked = time.monotonic()
        self._used = self._processor_seconds()
        self._written = self._state_of_files()

    def idle_seconds(self) -> float:
        """Since it last wrote, waited for the disk, or used the processor for more than waiting."""
        now = time.monotonic()
        if self._written != (written := self._state_of_files()):
            self._written, self._worked = written, now
        elapsed = now - self._marked
        if elapsed >= self._period:
            used = self._processor_seconds()
            if used - self._used >= _LEAST_SHARE * elapsed or self._waits_for_disk():
                self._worked = now
            self._used, self._marked = used, now
        return now - self._worked

    def _state_of_files(self) -> list[tuple[str, int, int]]:
        found = _files(self._folder)
        return sorted((str(path), stat.st_size, stat.st_mtime_ns) for path, stat in found)

    def _processor_seconds(self) -> float:
        if _has_proc():
            fields = self._stat()
            return (int(fields[11]) + int(fields[12])) / _TICKS_PER_SECOND if fields else 0.0
        return seconds_of(_ps(self._pid, "time"))

    def _waits_for_disk(self) -> bool:
        state = self._stat()[:1] if _has_proc() else [_ps(self._pid, "state")[:1]]
        return state in (["D"], ["U"])

    def _stat(self) -> list[str]:
        """The fields of /proc/<pid>/stat after the name, which may hold anything."""
        try:
            text = (_PROC / str(self._pid) / "stat").read_text(encoding="utf-8")
        except (FileNotFoundError, ProcessLookupError):
            return []
        return text.rpartition(")")[2].split()


def seconds_of(time_of_ps: str) -> float:
    """`[days-]hours:minutes:seconds`, as ps writes a processor time; 0 for nothing."""
    days, _, clock = time_of_ps.rpartition("-")
    total = 0.0
    for part in re.findall(r"[\d.]+", clock):
        total = total * 60 + float(part)
    return total + int(days or 0) * 86_400


def _files(folder: Path) -> list[tuple[Path, os.stat_result]]:
    """Those that go while we look are left out."""
    found = []
    for path in folder.rglob("*"):
        try:
            found.append((path, path.stat()))
        except FileNotFoundError:
            continue
    return found


def _has_proc() -> bool:
    return (_PROC / "self").exists()


def _ps(pid: int, column: str) -> str:
    command = ["ps", "-o", f"{column}=", "-p", str(pid)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
