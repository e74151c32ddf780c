"""A client of DynamoDB Local, with the settings of the product's own."""

from typing import Any

import boto3
from botocore.config import Config


def client_of(endpoint: str) -> Any:
    make: Any = boto3.client
    config = Config(
        max_pool_connections=32, parameter_validation=False, retries={"total_max_attempts": 1}
    )
    return make(
        "dynamodb",
        endpoint_url=endpoint,
        config=config,
        region_name="eu-west-1",
        aws_access_key_id="bench",
        aws_secret_access_key="bench",  # noqa: S106 - DynamoDB Local asks for any
    )
