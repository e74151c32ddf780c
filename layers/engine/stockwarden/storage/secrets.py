"""The secret in Secrets Manager that holds the signing keys."""

from typing import TYPE_CHECKING

from stockwarden.storage.clients import reachable

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

_STORE = "The store of the signing secret"


class Secret:
    def __init__(self, client: "SecretsManagerClient", secret_id: str) -> None:
        self._client = client
        self._id = secret_id

    def read(self) -> str:
        """The text of the current version; never log it. Raises Unavailable, as `replace` does."""
        with reachable(_STORE):
            return self._client.get_secret_value(SecretId=self._id)["SecretString"]

    def replace(self, text: str) -> None:
        """Makes `text` the current version; the old one stays as AWSPREVIOUS."""
        with reachable(_STORE):
            self._client.put_secret_value(SecretId=self._id, SecretString=text)
