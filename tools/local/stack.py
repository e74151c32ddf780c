"""`.local/stack.json`: the addresses and demo user of the running stack."""

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from tools.local.cloud import REGION, Cloud
from tools.local.deploy import Deployed
from tools.local.failure import StepFailed
from tools.template import ROOT

STACK_FILE = ROOT / ".local" / "stack.json"


@dataclass(frozen=True)
class Stack:
    """`api_url` ends in /api/v1; `app_url` is the distribution, which serves the same below it."""

    app_url: str
    api_url: str
    aws_endpoint: str
    region: str
    upload_bucket: str
    username: str
    password: str

    @classmethod
    def of(cls, cloud: Cloud, deployed: Deployed) -> "Stack":
        """The stack with this cloud's demo user, whose password is kept as long as its data."""
        password_file = cloud.home / "demo-password"
        if not password_file.exists():
            password_file.touch(mode=0o600)
            password_file.write_text(secrets.token_urlsafe(15), encoding="ascii")
        return cls(
            app_url=deployed.app_url,
            api_url=deployed.api_url,
            aws_endpoint=cloud.endpoint,
            region=REGION,
            upload_bucket=deployed.bucket,
            username="demo",
            password=password_file.read_text(encoding="ascii"),
        )

    @classmethod
    def read(cls, source: Path = STACK_FILE) -> "Stack":
        try:
            return cls(**json.loads(source.read_text(encoding="utf-8")))
        except FileNotFoundError:
            raise StepFailed("Nothing is running here; run `make up` first.") from None

    def write(self, target: Path = STACK_FILE) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch(mode=0o600)
        target.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")
