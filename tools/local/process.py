"""Inspects a process that is not our child: whether it runs and is busy."""

import os
import re
import subprocess
import time
from pathlib import Path

# Share of one processor; an idle process uses a hundredth of it.
_LEAST_SHARE = 0.02
_PROC = Path("/proc")
_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


def command_of(pid: int) -> str:
    """The command line of a running process; "" if there is none or it is a zombie."""
    if _has_proc():
        try:
            command = (_PROC / str(pid) / "cmdline").read_text(encoding="utf-8")
        except (FileNotFoundError, ProcessLookupError):
            return ""
        return command.replace("\0", " ")
    return _ps(pid, "command")


def size_of(folder: Path, since: float = 0) -> int:
    """The bytes of the files below a folder modified at or after `since` (epoch seconds)."""
    stats = [stat for _, stat in _files(folder)]
    return sum(stat.st_size for stat in stats if stat.st_mtime >= since)


class Worker:
    """Polls a process and the folder it writes to."""

    def __init__(self, pid: int, folder: Path, period: float = 5) -> None:
        """`period`: seconds over which the processor share is averaged."""
        self._pid = pid
        self._folder = folder
        self._period = period
        self._worked = self._marked = time.monotonic()
        self._used = self._processor_seconds()
        self._written = self._state_of_files()

    def idle_seconds(self) -> float:
        """Seconds since it last wrote, waited for the disk, or was busy on the processor."""
        now = time.monotonic()
        if self._written != (written := self._state_of_files()):
            self._written, self._worked = written, now
        elapsed = now - self._marked
        if elapsed >= self._period:
            seconds_used = self._processor_seconds()
            if seconds_used - self._used >= _LEAST_SHARE * elapsed or self._waits_for_disk():
                self._worked = now
            self._used, self._marked = seconds_used, now
        return now - self._worked

    def _state_of_files(self) -> list[tuple[str, int, int]]:
        entries = _files(self._folder)
        return sorted((str(path), stat.st_size, stat.st_mtime_ns) for path, stat in entries)

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
    """Parses ps's processor time `[days-]hours:minutes:seconds`; 0 for an empty text."""
    days, _, clock = time_of_ps.rpartition("-")
    total = 0.0
    for part in re.findall(r"[\d.]+", clock):
        total = total * 60 + float(part)
    return total + int(days or 0) * 86_400


def _files(folder: Path) -> list[tuple[Path, os.stat_result]]:
    """(path, stat) of all files below a folder, skipping files deleted meanwhile."""
    entries = []
    for path in folder.rglob("*"):
        try:
            entries.append((path, path.stat()))
        except FileNotFoundError:
            continue
    return entries


def _has_proc() -> bool:
    return (_PROC / "self").exists()


def _ps(pid: int, column: str) -> str:
    command = ["ps", "-o", f"{column}=", "-p", str(pid)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
