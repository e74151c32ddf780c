"""Signs messages with an asymmetric key of KMS that never leaves it, and verifies signatures.

Algorithm: ECDSA over NIST P-256 with SHA-256. Whoever has the public key can verify without AWS.
"""

from typing import Any

from stockwarden.storage.clients import reachable

ALGORITHM = "ECDSA_SHA_256"
_SERVICE = "The key service"


class SigningKey:
    """A key with KeyUsage SIGN_VERIFY. Messages have at most 4,096 bytes.

    Both methods raise Unavailable for transient failures.
    """

    def __init__(self, client: Any, key_id: str) -> None:
        self.client = client
        self.key_id = key_id

    def sign(self, message: bytes) -> bytes:
        """The signature, DER-encoded. Two signatures of one message differ."""
        with reachable(_SERVICE):
            answer = self.client.sign(Message=message, **self._named())
        return bytes(answer["Signature"])

    def verifies(self, message: bytes, signature: bytes) -> bool:
        """Whether this key signed the message."""
        try:
            with reachable(_SERVICE):
                answer = self.client.verify(Message=message, Signature=signature, **self._named())
        except self.client.exceptions.KMSInvalidSignatureException:
            return False
        return bool(answer["SignatureValid"])

    def _named(self) -> dict[str, str]:
        return {"KeyId": self.key_id, "MessageType": "RAW", "SigningAlgorithm": ALGORITHM}
