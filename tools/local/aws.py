"""boto3 clients of the local cloud's administrator, independent of the shell's account."""

from contextlib import closing
from typing import Any

import boto3

from tools.local.cloud import REGION, Cloud


def client(cloud: Cloud, service: str) -> Any:
    names = cloud.credentials
    make: Any = boto3.client
    return make(
        service,
        endpoint_url=cloud.endpoint,
        region_name=REGION,
        aws_access_key_id=names["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=names["AWS_SECRET_ACCESS_KEY"],
    )


def outputs(cloud: Cloud, stack: str) -> dict[str, str]:
    """The outputs of a deployed stack, by name."""
    with closing(client(cloud, "cloudformation")) as cloudformation:
        description = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
    return {output["OutputKey"]: output["OutputValue"] for output in description["Outputs"]}
