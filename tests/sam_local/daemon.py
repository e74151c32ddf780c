"""The tests' own Docker daemon: private socket, no own network, ended with the tests."""

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
    """A running daemon; `host` is the value of DOCKER_HOST for other programs."""

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
    socket_path = folder / "docker.sock"
    log = home / "dockerd.log"
    pid_file = home / "dockerd.pid"
    end(pid_file)
    _unmount(folder, home)
    shutil.rmtree(folder, ignore_errors=True)
    command = [
        *("dockerd", "--host", f"unix://{socket_path}", "--pidfile", str(folder / "pid")),
        *("--data-root", str(home / "data"), "--exec-root", str(folder / "exec")),
        # A system containerd is shared if it runs; namespaces keep the two apart.
        *("--containerd-namespace", _NAME, "--containerd-plugins-namespace", f"{_NAME}-plugins"),
        *("--bridge=none", "--iptables=false", "--ip6tables=false"),
    ]
    try:
        with (
            running(command, log, pid_file, os.environ) as process,
            httpx.Client(
                transport=httpx.HTTPTransport(uds=str(socket_path)),
                base_url="http://docker",
                timeout=600,
            ) as client,
        ):
            _wait(process, socket_path, log)
            yield Docker(f"unix://{socket_path}", client)
    finally:
        if survivors := named(str(folder)):
            raise StepFailed(f"These still run: {survivors}")
        _unmount(folder, home)
        shutil.rmtree(folder)


def _wait(process: "subprocess.Popen[bytes]", socket_path: Path, log: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < until:
        with socket.socket(socket.AF_UNIX) as probe:
            if probe.connect_ex(str(socket_path)) == 0:
                return
        time.sleep(0.1)
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() or ["no word"]
    raise StepFailed(f"dockerd cannot run here: {lines[-1][:300]} (log: {log})")


def _unmount(*folders: Path) -> None:
    """Unmounts what dockerd leaves: its data directory and network namespaces."""
    umount = shutil.which("umount") or "umount"
    for line in Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines():
        mounted = Path(line.split()[1])
        if any(folder in mounted.parents for folder in folders):
            subprocess.run([umount, mounted], check=True)
