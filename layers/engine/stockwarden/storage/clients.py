"""Creates AWS clients on first use, cached for the life of the sandbox, and maps their errors.

A call is retried a few times within the timeout of its function (`CALL_SECONDS`, `CALL_ATTEMPTS`),
so that our answer comes before a gateway times out. Transient errors that remain are raised as
Unavailable; other errors are our own bugs and are passed on.
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
# Error codes of transient AWS failures. A HEAD has only its status.
_TRANSIENT = frozenset(
    {
        "BandwidthLimitExceeded",
        "ConditionalRequestConflict",
        "DependencyTimeoutException",
        "InternalError",
        "InternalFailure",
        "InternalServerError",
        "InternalServiceError",
        "InternalServiceErrorException",
        "KMS.ThrottlingException",
        "KMSInternalException",
        "KMSThrottlingException",
        "KeyUnavailableException",
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

    # DynamoDB checks what it is sent; checking it here first takes a quarter of a batch's time.
    config = _client_config(max_pool_connections=32, parameter_validation=False)
    return boto3.client("dynamodb", config=config)


@cache
def s3() -> "S3Client":
    import boto3

    # Virtual-hosted names need DNS that a laptop's local cloud lacks; "auto" picks path style
    # exactly there (an endpoint that is not AWS's) and the recommended style on AWS.
    style = _client_config(signature_version="s3v4", s3={"addressing_style": "auto"})
    return boto3.client("s3", config=style)


@cache
def sqs() -> "SQSClient":
    import boto3

    return boto3.client("sqs", config=_client_config())


@cache
def secrets_manager() -> "SecretsManagerClient":
    import boto3

    return boto3.client("secretsmanager", config=_client_config())


@cache
def kms() -> Any:
    import boto3

    return boto3.client("kms", config=_client_config())


@cache
def ses() -> Any:
    import boto3

    return boto3.client("ses", config=_client_config())


def _client_config(**more: Any) -> "Config":
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
    """Raises Unavailable for transient AWS errors; `what` names the service in the message.
    Errors that a retry would not cure (no permission, no such table) are passed on."""
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
                transient = _is_transient(error.response)
            case _:
                transient = isinstance(
                    error, ConnectionError | HTTPClientError | IncompleteReadError
                )
        if not transient:
            raise
        raise Unavailable(f"{what} does not answer; try again shortly.") from error


def _is_transient(response: Any) -> bool:
    code = str(response.get("Error", {}).get("Code", ""))
    status = response.get("ResponseMetadata", {}).get("HTTPStatusCode") or 0
    if code.isdigit():
        status = int(code)
    return code in _TRANSIENT or status >= 500 or status == 429
