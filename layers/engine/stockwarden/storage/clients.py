"""AWS clients, made on first use and kept for the life of the sandbox."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from stockwarden.core.errors import Unavailable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_secretsmanager import SecretsManagerClient
    from mypy_boto3_sqs import SQSClient


@cache
def dynamodb() -> "DynamoDBClient":
    import boto3
    from botocore.config import Config

    retries = Config(
        retries={"mode": "standard", "total_max_attempts": 5},
        connect_timeout=2,
        read_timeout=5,
        max_pool_connections=32,
    )
    return boto3.client("dynamodb", config=retries)


@cache
def s3() -> "S3Client":
    import boto3
    from botocore.config import Config

    # Virtual-hosted names need DNS that a laptop's local cloud lacks; "auto" picks path style
    # exactly there (an endpoint that is not AWS's) and the recommended style on AWS.
    return boto3.client(
        "s3",
        config=Config(
            signature_version="s3v4",
            s3={"addressing_style": "auto"},
            retries={"mode": "standard", "total_max_attempts": 5},
            connect_timeout=2,
            read_timeout=60,
        ),
    )


@cache
def sqs() -> "SQSClient":
    import boto3

    return boto3.client("sqs")


@cache
def secrets_manager() -> "SecretsManagerClient":
    import boto3

    return boto3.client("secretsmanager")


@cache
def ses() -> Any:
    import boto3

    return boto3.client("ses")


@contextmanager
def reachable(what: str) -> Iterator[None]:
    """Raises Unavailable where AWS refuses or does not answer. `what` as a person would name it."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise Unavailable(f"{what} does not answer; try again shortly.") from error
