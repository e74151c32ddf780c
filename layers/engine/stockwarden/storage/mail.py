"""Sends e-mail through SES, from the stack's sender."""

import logging
from dataclasses import dataclass
from typing import Any

from stockwarden.storage.clients import reachable

logger = logging.getLogger(__name__)

# Errors that a retry would not cure.
_REFUSED = frozenset(
    {"MessageRejected", "MailFromDomainNotVerifiedException", "InvalidParameterValue"}
)


@dataclass(frozen=True)
class Mailer:
    client: Any
    sender: str

    def send(self, to: str, subject: str, text: str, html: str = "") -> bool:
        """Sends plain text and, where given, the same as HTML.

        False if SES refuses the message permanently. Raises Unavailable if transiently."""
        body = {"Text": {"Data": text, "Charset": "UTF-8"}}
        if html:
            body["Html"] = {"Data": html, "Charset": "UTF-8"}
        try:
            with reachable("The mail service"):
                self.client.send_email(
                    Source=self.sender,
                    Destination={"ToAddresses": [to]},
                    Message={"Subject": {"Data": subject, "Charset": "UTF-8"}, "Body": body},
                )
        except self.client.exceptions.ClientError as error:
            code = error.response["Error"]["Code"]
            if code not in _REFUSED:
                raise
            logger.warning("e-mail refused", extra={"reason": code})
            return False
        return True
