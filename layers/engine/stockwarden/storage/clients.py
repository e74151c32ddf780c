"""AWS clients, made on first use and kept for the life of the sandbox; and what their errors mean.

A call is tried a few times within what its function may take (`CALL_SECONDS`, `CALL_ATTEMPTS`), so
that whoever waits is answered by us and not by a gateway that gave up. What is left then and would
pass by itself is Unavailable; anything else is our own fault and stays what it is.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from stockwarden.core.config import Settings
from stockwarden.core.errors import Unavailable

if TYPE_CHECKING:
    from botocore.config import Config
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_secretsmanager import SecretsManagerClient
    from mypy_boto3_sqs import SQSClient

CONNECT_SECONDS = 1
# What AWS answers where it is too busy, or broken for a moment. A HEAD has only its status.
_PASSING = frozenset(
    {
        "BandwidthLimitExceeded",
        "InternalError",
        "InternalFailure",
        "InternalServerError",
        "InternalServiceError",
        "InternalServiceErrorException",
        "KMS.ThrottlingException",
        "KMSThrottlingException",
        "KmsThrottled",
        "LimitExceededException",
        "OperationAborted",
        "OverLimit",
        "PriorRequestNotComplete",
        "ProvisionedThroughputExceededException",
        "ReplicatedWriteConflictException",
        "RequestLimitExceeded",
        "RequestThrottled",
        "RequestThrottledException",
        "RequestTimeout",
        "RequestTimeoutException",
        "ServiceUnavailable",
        "ServiceUnavailableException",
        "SlowDown",
        "ThrottledException",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
        "TransactionConflictException",
        "TransactionInProgressException",
    }
)


@cache
def dynamodb() -> "DynamoDBClient":
    import boto3

    return boto3.client("dynamodb", config=_patience(max_pool_connections=32))


@cache
def s3() -> "S3Client":
    import boto3

    # Virtual-hosted names need DNS that a laptop's local cloud lacks; "auto" picks path style
    # exactly there (an endpoint that is not AWS's) and the recommended style on AWS.
    style = _patience(signature_version="s3v4", s3={"addressing_style": "auto"})
    return boto3.client("s3", config=style)


@cache
def sqs() -> "SQSClient":
    import boto3

    return boto3.client("sqs", config=_patience())


@cache
def secrets_manager() -> "SecretsManagerClient":
    import boto3

    return boto3.client("secretsmanager", config=_patience())


@cache
def ses() -> Any:
    import boto3

    return boto3.client("ses", config=_patience())


def _patience(**more: Any) -> "Config":
    from botocore.config import Config

    settings = Settings.from_environment()
    return Config(
        retries={"mode": "standard", "total_max_attempts": settings.call_attempts},
        connect_timeout=CONNECT_SECONDS,
        read_timeout=settings.call_seconds,
        **more,
    )


@contextmanager
def reachable(what: str) -> Iterator[None]:
    """Raises Unavailable where AWS is too busy, broken or silent; `what` as a person would name
    it. Errors that trying again would not cure (no right, no such table) are passed on."""
    from botocore.exceptions import (
        BotoCoreError,
        ClientError,
        ConnectionError,  # noqa: A004 - botocore's own, of which Python's is no relative
        HTTPClientError,
        IncompleteReadError,
    )

    try:
        yield
    except (BotoCoreError, ClientError) as error:
        match error:
            case ClientError():
                passing = _is_passing(error.response)
            case _:
                passing = isinstance(error, ConnectionError | HTTPClientError | IncompleteReadError)
        if not passing:
            raise
        raise Unavailable(f"{what} does not answer; try again shortly.") from error


def _is_passing(response: Any) -> bool:
    code = str(response.get("Error", {}).get("Code", ""))
    status = response.get("ResponseMetadata", {}).get("HTTPStatusCode") or 0
    if code.isdigit():
        status = int(code)
    return code in _PASSING or status >= 500 or status == 429
