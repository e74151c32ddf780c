"""The e-mails that the local cloud's SES stored instead of sending them."""

import json
import re
from typing import Any

import httpx

from tests.e2e.conftest import Deployment
from tests.e2e.visitor import eventually


def mails_to(deployment: Deployment, name: str, subject: str) -> list[dict[str, Any]]:
    """The mails that name somebody, and whose subject contains a text; oldest first."""
    box = httpx.get(f"{deployment.cloud.endpoint}/_ministack/ses/messages", timeout=60).json()
    sent = [mail for account in box["messages"].values() for mail in account]
    return [mail for mail in sent if name in json.dumps(mail) and subject in mail["Subject"]]


def token_mailed(deployment: Deployment, name: str, subject: str, parameter: str = "token") -> str:
    """The `parameter` in the link of the last such mail, once it has arrived."""
    (*_, mail) = eventually(f"the mail {subject!r}", lambda: mails_to(deployment, name, subject))
    tokens = set(re.findall(rf"\?{parameter}=([\w-]{{43,}})", json.dumps(mail)))
    assert len(tokens) == 1
    return str(tokens.pop())
