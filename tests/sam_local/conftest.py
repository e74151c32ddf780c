"""The tests' own local cloud, Docker daemon, image and `sam local start-api`.

They need root on Linux and Docker's programs, so they are not part of `make test`: see
`make test-sam-local`. What they keep for the next time is below `.local/sam-local`.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.sam_local.api import FIGURES, Api, note
from tests.sam_local.daemon import Docker, daemon
from tests.sam_local.image import image, size_of
from tests.sam_local.machine import HOME, missing
from tests.sam_local.process import running
from tools.free_port import free_port
from tools.local.cloud import Cloud
from tools.local.deploy import deploy, located
from tools.local.session import Session
from tools.local.stack import Stack

_START_SECONDS = 300


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if FIGURES:
        terminalreporter.section("figures")
        for figure in FIGURES:
            terminalreporter.line(figure)


@pytest.fixture(scope="session", autouse=True)
def orderly_end() -> Iterator[None]:
    """Turns SIGTERM into an interrupt, so that the tests end what they started."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, interrupt) for number in (15, 1)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture(scope="session")
def docker() -> Iterator[Docker]:
    if reason := missing():
        pytest.fail(reason)
    began = time.monotonic()
    with daemon(HOME / "docker") as started:
        note(f"Docker daemon up in {time.monotonic() - began:.1f} s")
        yield started


@pytest.fixture(scope="session")
def base_image(docker: Docker) -> str:
    began = time.monotonic()
    name, new = image(docker.client, HOME / "logs")
    seconds = time.monotonic() - began
    megabytes = size_of(docker.client, name) / 1e6
    note(f"image of {megabytes:.0f} MB {'made' if new else 'kept, found'} in {seconds:.1f} s")
    return name


@pytest.fixture(scope="session")
def cloud() -> Iterator[Cloud]:
    local_cloud = Cloud(HOME / "cloud", free_port())
    local_cloud.erase()
    try:
        local_cloud.start()
        deploy(local_cloud)
        yield local_cloud
    finally:
        local_cloud.stop()


@pytest.fixture(scope="session")
def stack(cloud: Cloud) -> Stack:
    return Stack.of(cloud, located(cloud))


@pytest.fixture(scope="session")
def user(stack: Stack) -> Iterator[Session]:
    """A session of the local cloud's demo user."""
    session = Session.register(stack.api_url, stack.username, stack.password)
    yield session
    session.close()


@pytest.fixture(scope="session")
def sam(cloud: Cloud, stack: Stack, docker: Docker, base_image: str) -> Iterator[httpx.Client]:
    """An HTTP client for SAM's gateway, not signed in, before any container has started."""
    stack_file = HOME / "stack.json"
    stack.write(stack_file)
    port = free_port()
    log = HOME / "logs" / "start-api.log"
    command = [sys.executable, "-m", "tools.start_api", "--port", str(port)]
    command += ["--stack-file", str(stack_file), "--"]
    command += ["--skip-pull-image", "--invoke-image", base_image]
    environment = {**os.environ, "DOCKER_HOST": docker.host}
    began = time.monotonic()
    with running(command, log, HOME / "sam.pid", environment) as process:
        _wait(process, port, log)
        note(f"sam local start-api up in {time.monotonic() - began:.1f} s")
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=120) as client:
            yield client


@pytest.fixture(scope="session")
def nobody(sam: httpx.Client) -> Api:
    return Api(sam)


@pytest.fixture(scope="session")
def api(sam: httpx.Client, user: Session, stack: Stack) -> Api:
    """The user, signed in through SAM."""
    credentials = {"username": stack.username, "password": stack.password}
    answer = Api(sam)("POST", "/auth/login", json=credentials)
    assert answer.status_code == 200, answer.text
    return Api(sam, answer.json()["token"])


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    shutil.copyfileobj(log.open(encoding="utf-8", errors="replace"), sys.stderr)
    raise AssertionError(f"sam local start-api does not start; its log is {log}")
