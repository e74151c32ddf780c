"""Reads the environment variables of a stack's functions."""

import os
from collections.abc import Iterable
from contextlib import closing
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from tools.local import aws, deploy
from tools.local.cloud import Cloud
from tools.local.failure import StepFailed

Environments = dict[str, dict[str, str]]


def local(cloud: Cloud) -> Environments:
    """The environments of the stack of `make up`. Raises StepFailed if it does not run."""
    with (
        closing(aws.client(cloud, "cloudformation")) as cloudformation,
        closing(aws.client(cloud, "lambda")) as functions,
    ):
        try:
            return _environments(cloudformation, functions, deploy.STACK)
        except (BotoCoreError, ClientError) as error:
            raise StepFailed(f"Run `make up` first; {cloud.endpoint} says: {error}") from error


def on_aws(stack: str) -> Environments:
    """The environments of a stack in the shell's account and region. Raises StepFailed."""
    try:
        return _environments(boto3.client("cloudformation"), boto3.client("lambda"), stack)
    except (ClientError, BotoCoreError) as error:
        raise StepFailed(f"The stack {stack} cannot be read: {error}") from error


def shell_without_aws() -> dict[str, str]:
    """The shell's environment without AWS account settings, for use with the local cloud."""
    return {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}


def _environments(cloudformation: Any, functions: Any, stack: str) -> Environments:
    pages: Iterable[dict[str, Any]] = cloudformation.get_paginator("list_stack_resources").paginate(
        StackName=stack
    )
    environments: Environments = {}
    for page in pages:
        for resource in page["StackResourceSummaries"]:
            if resource["ResourceType"] == "AWS::Lambda::Function":
                configuration = functions.get_function_configuration(
                    FunctionName=resource["PhysicalResourceId"]
                )
                variables = configuration.get("Environment", {}).get("Variables", {})
                environments[resource["LogicalResourceId"]] = dict(variables)
    return environments
