"""The local cloud's process, replaced by a program that saves for a given time."""

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from tools.free_port import free_port
from tools.local import cloud as local_cloud
from tools.local.cloud import Cloud
from tools.local.failure import StepFailed
from tools.local.process import command_of, seconds_of

PATIENCE = 1.5
# Longer than the patience: only what works is waited for.
SAVING_SECONDS = 3
# Named like the real one. `kind` is in a file of its home: how it behaves once it is told to stop.
PROGRAM = """#!{python}
import os, signal, subprocess, sys, time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

kind, state = Path("kind").read_text(), Path(os.environ["STATE_DIR"])
until = lambda: time.monotonic() + {seconds}


class Health(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


def write():
    end = until()
    with (state / "tables.json.tmp").open("wb") as file:
        while time.monotonic() < end:
            file.write(b"x" * 100_000)
            file.flush()
            time.sleep(0.2)
    os.replace(state / "tables.json.tmp", state / "tables.json")


def compute():
    end = until()
    while time.monotonic() < end:
        pass


def stop(*_):
    if kind == "hangs":
        return
    {{"writes": write, "computes": compute, "is quick": lambda: None}}[kind]()
    os._exit(0)


signal.signal(signal.SIGTERM, stop)
if kind == "has a worker":
    worker = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    Path("worker").write_text(str(worker.pid))
if kind == "reads":
    compute()
    kind = "is quick"
HTTPServer(("127.0.0.1", int(os.environ["GATEWAY_PORT"])), Health).serve_forever()
"""


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Starts a cloud of the given kind; kills all processes at the end of the test."""
    program = tmp_path / "ministack"
    program.write_text(PROGRAM.format(python=sys.executable, seconds=SAVING_SECONDS))
    program.chmod(0o755)
    monkeypatch.setattr(local_cloud, "EXECUTABLE", program)
    home = tmp_path / "home"
    home.mkdir()
    cloud = Cloud(home, free_port(), PATIENCE)

    def started(kind: str) -> Cloud:
        (home / "kind").write_text(kind)
        assert cloud.start()
        return cloud

    yield started
    cloud.erase()


def pid_of(cloud: Cloud) -> int:
    return int((cloud.home / "pid").read_text().split()[0])


@pytest.mark.parametrize(("kind", "megabytes"), [("writes", 1), ("computes", 0)])
def test_it_is_waited_for_while_it_saves(start, kind, megabytes):
    cloud, sentences = start(kind), []
    older = cloud.home / "state" / "older.json"
    older.write_bytes(b"x" * 9_000_000)
    os.utime(older, (0, 0))
    began = time.monotonic()
    assert cloud.stop(sentences.append)
    assert time.monotonic() - began > SAVING_SECONDS > PATIENCE
    assert f"The local cloud saves its data: {megabytes} MB written …" in sentences
    assert not [sentence for sentence in sentences if "9 MB" in sentence]
    assert cloud.data_size() >= 9_000_000


def test_one_that_stands_still_is_said_and_not_killed(start):
    cloud = start("hangs")
    with pytest.raises(StepFailed) as caught:
        cloud.stop()
    assert str(pid_of(cloud)) in str(caught.value)
    assert "neither worked nor written" in str(caught.value)
    assert str(cloud.log) in str(caught.value)
    assert "kill" not in str(caught.value)
    assert command_of(pid_of(cloud))


def test_a_wait_that_was_broken_off_can_be_taken_up(start):
    cloud = start("writes")
    os.kill(pid_of(cloud), signal.SIGTERM)
    time.sleep(0.5)
    assert cloud.stop()
    assert (cloud.home / "state" / "tables.json").exists()


def test_starting_waits_for_a_former_one_that_saves(start):
    cloud, sentences = start("writes"), []
    former = pid_of(cloud)
    os.kill(former, signal.SIGTERM)
    assert cloud.start(sentences.append)
    assert pid_of(cloud) != former
    assert (cloud.home / "state" / "tables.json").exists()
    assert [sentence for sentence in sentences if "saves its data" in sentence]


def test_starting_waits_while_it_reads_what_it_kept(start):
    began = time.monotonic()
    start("reads")
    assert time.monotonic() - began > SAVING_SECONDS


def test_what_it_kept_is_of_its_port(start):
    """Queues are known by their addresses, so that at another one nothing would be received."""
    cloud = start("is quick")
    cloud.stop()
    other = Cloud(cloud.home, cloud.port + 1, PATIENCE)
    with pytest.raises(StepFailed, match=f"belongs to port {cloud.port}"):
        other.start()
    assert not (cloud.home / "pid").exists()
    assert cloud.start()


@pytest.mark.parametrize("kind", ["writes", "hangs"])
@pytest.mark.parametrize("saving", [False, True])
def test_erasing_waits_for_nothing(start, kind, saving):
    cloud = start(kind)
    pid = pid_of(cloud)
    if saving:
        os.kill(pid, signal.SIGTERM)
        time.sleep(0.3)
    began = time.monotonic()
    cloud.erase()
    assert time.monotonic() - began < PATIENCE
    assert not command_of(pid)
    assert not cloud.home.exists()


def test_erasing_leaves_no_worker(start):
    """The functions' processes are ended too."""
    cloud = start("has a worker")
    worker = int((cloud.home / "worker").read_text())
    assert command_of(worker)
    cloud.erase()
    until = time.monotonic() + 5
    while command_of(worker) and time.monotonic() < until:
        time.sleep(0.05)
    assert not command_of(worker)


def test_a_quick_one_is_stopped_at_once(start):
    cloud = start("is quick")
    began = time.monotonic()
    assert cloud.stop()
    assert time.monotonic() - began < 2
    assert not cloud.stop()


@pytest.fixture
def interruptible():
    """Interrupts raise KeyboardInterrupt, also where a shell in the background ignores them."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_a_wait_can_be_broken_off(start):
    """The interrupt ends the waiting command; the cloud continues to save."""
    cloud = start("writes")
    threading.Timer(1, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        cloud.stop()
    assert command_of(pid_of(cloud))
    assert cloud.stop()


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("0:01.50", 1.5), ("00:01:30", 90), ("01:02:03", 3723), ("2-00:00:01", 172_801), ("", 0)],
)
def test_a_processor_time_of_ps(text, seconds):
    assert seconds_of(text) == seconds
