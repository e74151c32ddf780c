"""A local cloud of the tests' own, with IAM enforced, on a port of its own.

With STOCKWARDEN_STACK=.local/stack.json the tests use the stack that `make up` left running.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tools.free_port import free_port
from tools.local import aws
from tools.local.cloud import Cloud
from tools.local.deploy import STACK, deploy, located
from tools.local.session import Session
from tools.local.stack import Stack
from tools.local.web import client
from tools.template import ROOT


@dataclass(frozen=True)
class Deployment:
    """A running stack: its public URLs and its administrator's clients."""

    stack: Stack
    cloud: Cloud

    @property
    def api_url(self) -> str:
        """The API's base URL at the distribution, as on AWS."""
        return f"{self.stack.app_url}/api/v1"

    @property
    def outputs(self) -> dict[str, str]:
        return aws.outputs(self.cloud, STACK)

    @contextmanager
    def aws(self, service: str) -> Iterator[Any]:
        """A boto3 client with the administrator's credentials."""
        with closing(aws.client(self.cloud, service)) as client:
            yield client

    def register(self) -> Session:
        """Registers a new user; returns the signed-in session."""
        name = f"user-{secrets.token_hex(6)}"
        return Session.register(self.api_url, name, secrets.token_urlsafe(16))


@pytest.fixture(scope="session")
def deployment() -> Iterator[Deployment]:
    running = os.environ.get("STOCKWARDEN_STACK")
    if running:
        stack = Stack.read(Path(running))
        port = urlsplit(stack.aws_endpoint).port
        assert port
        yield Deployment(stack, Cloud(ROOT / ".local" / "cloud", port))
        return
    cloud = Cloud(ROOT / ".local" / "e2e", free_port())
    cloud.erase()
    cloud.start()
    try:
        deploy(cloud)
        yield Deployment(Stack.of(cloud, located(cloud)), cloud)
    finally:
        cloud.stop()


@pytest.fixture
def web(deployment: Deployment) -> Iterator[httpx.Client]:
    """An HTTP client at the distribution, not signed in."""
    with client(deployment.stack.app_url) as http:
        yield http


@pytest.fixture(scope="session")
def alice(deployment: Deployment) -> Iterator[Session]:
    with closing(deployment.register()) as session:
        yield session
