"""Collects the e-mails that the analysis function sends, in place of SES."""

import html
import re
from dataclasses import dataclass
from typing import Any

import botocore.client
import pytest

from tests.support.reports import drain

SENDER, APP_URL = "stock@example.com", "https://stock.example"


@dataclass(frozen=True)
class Mail:
    to: str
    subject: str
    text: str
    html: str

    @property
    def token(self) -> str:
        """The token of its link, which is the same in both forms."""
        (link,) = re.findall(rf"^{APP_URL}/[\w-]+\?token=\S+$", self.text, flags=re.MULTILINE)
        assert f'<a href="{html.escape(link)}">' in self.html
        return str(link).rpartition("=")[2]


class Mailbox:
    """`read()` delivers what was ordered, and returns the mails since it was called last."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []

    def read(self) -> list[Mail]:
        assert drain() == []
        mails, self.mails = self.mails, []
        return mails


def open_mailbox(monkeypatch: pytest.MonkeyPatch) -> Mailbox:
    """Takes the calls of SendEmail; others go on."""
    mailbox, call = Mailbox(), botocore.client.BaseClient._make_api_call

    def take(client: Any, operation: str, request: Any) -> Any:
        if operation != "SendEmail":
            return call(client, operation, request)
        assert request["Source"] == SENDER
        (to,), message = request["Destination"]["ToAddresses"], request["Message"]
        text, markup = (message["Body"][form]["Data"] for form in ("Text", "Html"))
        mailbox.mails.append(Mail(to, message["Subject"]["Data"], text, markup))
        return {"MessageId": "1"}

    monkeypatch.setattr(botocore.client.BaseClient, "_make_api_call", take)
    return mailbox
