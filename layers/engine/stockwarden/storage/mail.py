"""E-mail through SES: plain text, from the one sender of the stack."""

import logging
from dataclasses import dataclass
from typing import Any

from stockwarden.storage.clients import reachable

logger = logging.getLogger(__name__)

# What a repeat would not change.
_REFUSED = frozenset(
    {"MessageRejected", "MailFromDomainNotVerifiedException", "InvalidParameterValue"}
)


@dataclass(frozen=True)
class Mailer:
    client: Any
    sender: str

    def send(self, to: str, subject: str, text: str) -> bool:
        """False where SES refuses the message for good. Raises Unavailable for what may pass."""
        body = {"Text": {"Data": text, "Charset": "UTF-8"}}
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
