"""A Docker daemon of the tests' own: private socket, no network of its own, ended with them."""

import hashlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.sam_local.process import end, named, running
from tools.local.failure import StepFailed

_START_SECONDS = 60
_NAME = "stockwarden-docker"


@dataclass(frozen=True)
class Docker:
    """`host` is what DOCKER_HOST must be for other programs."""

    host: str
    client: httpx.Client


@contextmanager
def daemon(home: Path) -> Iterator[Docker]:
    """Have one run, with its images below `home`. Its containers and its containerd end with it.

    Raises StepFailed where none can run, and if anything of it is left in the end.
    """
    # Not below `home`, because the name of a socket may have 108 characters at most; where root
    # alone writes; and the same for each run of this checkout, which so finds what one has left.
    folder = Path("/run") / f"{_NAME}-{hashlib.sha256(bytes(home)).hexdigest()[:8]}"
    door = folder / "docker.sock"
    log = home / "dockerd.log"
    pid_file = home / "dockerd.pid"
    end(pid_file)
    _unmount(folder, home)
    shutil.rmtree(folder, ignore_errors=True)
    command = [
        *("dockerd", "--host", f"unix://{door}", "--pidfile", str(folder / "pid")),
        *("--data-root", str(home / "data"), "--exec-root", str(folder / "exec")),
        # Where a containerd of the system's runs, it is shared; the names keep the two apart.
        *("--containerd-namespace", _NAME, "--containerd-plugins-namespace", f"{_NAME}-plugins"),
        *("--bridge=none", "--iptables=false", "--ip6tables=false"),
    ]
    try:
        with (
            running(command, log, pid_file, os.environ) as process,
            httpx.Client(
                transport=httpx.HTTPTransport(uds=str(door)),
                base_url="http://docker",
                timeout=600,
            ) as client,
        ):
            _wait(process, door, log)
            yield Docker(f"unix://{door}", client)
    finally:
        if left := named(str(folder)):
            raise StepFailed(f"These still run: {left}")
        _unmount(folder, home)
        shutil.rmtree(folder)


def _wait(process: "subprocess.Popen[bytes]", door: Path, log: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < until:
        with socket.socket(socket.AF_UNIX) as probe:
            if probe.connect_ex(str(door)) == 0:
                return
        time.sleep(0.1)
    said = log.read_text(encoding="utf-8", errors="replace").splitlines() or ["no word"]
    raise StepFailed(f"dockerd cannot run here: {said[-1][:300]} (log: {log})")


def _unmount(*folders: Path) -> None:
    """What dockerd leaves mounted below them: its data on itself, and the host's network."""
    umount = shutil.which("umount") or "umount"
    for line in Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines():
        mounted = Path(line.split()[1])
        if any(folder in mounted.parents for folder in folders):
            subprocess.run([umount, mounted], check=True)
