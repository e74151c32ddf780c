"""The local cloud as a process: started and stopped by its pid, listening on loopback only.

Everything it keeps is below one folder: state, objects, log, and the folders its functions run in.
What it holds in memory reaches the disk when it is told to stop.
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

from tools.free_port import is_free
from tools.local.failure import StepFailed
from tools.local.process import Worker, command_of, size_of
from tools.template import ROOT

EXECUTABLE = ROOT / ".local" / "env" / "cloud" / "bin" / "ministack"
REGION = "eu-west-1"
# A process that has ended gives its port back a moment later.
_PORT_SECONDS = 2

# Called with a progress sentence while a step takes long.
Tell = Callable[[str], None]


def _silently(_: str) -> None:
    """Ignores progress sentences."""


@dataclass(frozen=True)
class Cloud:
    home: Path
    port: int
    # Seconds without any work until it counts as hung. While it works it is waited for: reading
    # and saving a gigabyte takes minutes.
    patience: float = 60

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.home / "cloud.log"

    @property
    def credentials(self) -> dict[str, str]:
        """The administrator's environment, without AWS's own configuration files."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": REGION,
            "AWS_REGION": REGION,
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def start(self, tell: Tell = _silently) -> bool:
        """Starts the cloud; returns False if it was running. Raises StepFailed."""
        self._require_its_port()
        running = self._running()
        if running is not None:
            if running[1] == self.port and self._answers():
                return False
            self.stop(tell)
        self._require_port()
        self._clear_leftovers()
        pid = self._spawn()
        self._pid_file.write_text(f"{pid} {self.port}\n", encoding="ascii")
        self._port_file.write_text(f"{self.port}\n", encoding="ascii")
        worker = self._worker(pid)
        data_size = size_of(self._state)
        while not self._answers():
            if not command_of(pid) or worker.idle_seconds() > self.patience:
                self.stop(tell)
                raise StepFailed(f"The local cloud did not start; its log is {self.log}.")
            tell(f"The local cloud reads its data ({_megabytes(data_size)}) …")
            time.sleep(0.1)
        return True

    def stop(self, tell: Tell = _silently) -> bool:
        """Stops the cloud, its data saved; returns False if it was not running.

        Saving takes as long as it takes. Raises StepFailed if it stands still.
        """
        running = self._running()
        if running is None:
            self._pid_file.unlink(missing_ok=True)
            return False
        pid = running[0]
        stop_time = time.time()
        # A second signal while it saves does not interrupt the saving.
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
        worker = self._worker(pid)
        while command_of(pid):
            if worker.idle_seconds() > self.patience:
                raise StepFailed(
                    f"The local cloud (process {pid}) has neither worked nor written for "
                    f"{self.patience:.0f} s and has not ended. What it holds may not be saved yet: "
                    f"see {self.log}. `make down` waits for it again; only `make reset` ends it "
                    "without saving."
                )
            written = size_of(self._state, since=stop_time)
            tell(f"The local cloud saves its data: {_megabytes(written)} written …")
            time.sleep(0.1)
        self._pid_file.unlink(missing_ok=True)
        tell("The local cloud's temporary files are removed …")
        shutil.rmtree(self.home / "tmp", ignore_errors=True)
        return True

    def _require_its_port(self) -> None:
        """The addresses of queues are part of the data: at another port files would be taken, and
        wait for ever. Raises StepFailed."""
        with suppress(FileNotFoundError):
            port = self._port_file.read_text(encoding="ascii").strip()
            if port != str(self.port):
                raise StepFailed(
                    f"The data that is kept here belongs to port {port}: `PORT={port} make up`, or "
                    "`make reset` to start over at another."
                )

    def erase(self) -> None:
        """Ends the cloud without saving and deletes its data."""
        running = self._running()
        if running is not None:
            pid = running[0]
            # The process leads its own group, with the workers of its functions.
            with suppress(ProcessLookupError):
                os.killpg(os.getpgid(pid), signal.SIGKILL)
            while command_of(pid):
                time.sleep(0.05)
        shutil.rmtree(self.home, ignore_errors=True)

    def data_size(self) -> int:
        """The bytes of its data on disk."""
        return size_of(self._state) + size_of(self._objects)

    def _worker(self, pid: int) -> Worker:
        return Worker(pid, self._state, period=min(5, self.patience / 4))

    @property
    def _state(self) -> Path:
        return self.home / "state"

    @property
    def _objects(self) -> Path:
        return self.home / "objects"

    @property
    def _pid_file(self) -> Path:
        return self.home / "pid"

    @property
    def _port_file(self) -> Path:
        return self.home / "port"

    def _running(self) -> tuple[int, int] | None:
        """(process, port) of the process in this folder's pid file, if it still runs."""
        try:
            pid, port = map(int, self._pid_file.read_text(encoding="ascii").split())
        except (FileNotFoundError, ValueError):
            return None
        # The pid may belong to another program now.
        return (pid, port) if "ministack" in command_of(pid) else None

    def _spawn(self) -> int:
        """Starts it through a shell, so that it outlives its parent process."""
        started = subprocess.run(
            ["/bin/sh", "-c", '"$0" >> "$1" 2>&1 & echo $!', EXECUTABLE, self.log],
            cwd=self.home,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            start_new_session=True,
        )
        return int(started.stdout)

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.endpoint}/_ministack/health", timeout=2).is_success
        except httpx.TransportError:
            return False

    def _require_port(self) -> None:
        until = time.monotonic() + _PORT_SECONDS
        while not is_free(self.port):
            if time.monotonic() > until:
                raise StepFailed(
                    f"Port {self.port} is taken; stop what uses it, or choose another: "
                    f"make up PORT={self.port + 100}"
                )
            time.sleep(0.05)

    def _clear_leftovers(self) -> None:
        shutil.rmtree(self.home / "tmp", ignore_errors=True)
        for name in ("tmp", "state", "objects"):
            (self.home / name).mkdir(parents=True, exist_ok=True)

    def _environment(self) -> dict[str, str]:
        """The minimal environment of the process, which its functions inherit."""
        return {
            "HOME": os.environ.get("HOME", str(self.home)),
            "PATH": os.environ.get("PATH", os.defpath),
            "TMPDIR": str(self.home / "tmp"),
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(self.port),
            "MINISTACK_HOST": "localhost",
            "MINISTACK_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AUTH": "true",
            "PERSIST_STATE": "1",
            "STATE_DIR": str(self._state),
            "S3_PERSIST": "1",
            "S3_DATA_DIR": str(self._objects),
            "LAMBDA_EXECUTOR": "local",
            # A day, so that functions stay warm.
            "LAMBDA_WARM_TTL_SECONDS": "86400",
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
        }


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"
