"""What CloudFormation knows of a deployed stack, and the credentials of the one that `make up`
runs."""

import os
from typing import Any

import boto3

from tools.local.cloud import Cloud
from tools.local.stack import Stack
from tools.template import ROOT

_LOCAL_NAME = "stockwarden"


def outputs_of(stack: str) -> dict[str, str]:
    """Of the stack with this name, with the shell's credentials; of the one of `make up` for "",
    whose credentials become the process's own. Raises StepFailed where `make up` has left none."""
    outputs = _described(stack)["Outputs"]
    return {output["OutputKey"]: output["OutputValue"] for output in outputs}


def parameters_of(stack: str) -> dict[str, str]:
    """The values of its parameters; as `outputs_of`."""
    parameters = _described(stack).get("Parameters", [])
    return {each["ParameterKey"]: each["ParameterValue"] for each in parameters}


def resources_of(stack: str) -> dict[str, str]:
    """The names that AWS has for its resources, by those of the template; as `outputs_of`."""
    client = _cloudformation(stack)
    pages = client.get_paginator("list_stack_resources").paginate(StackName=stack or _LOCAL_NAME)
    return {
        each["LogicalResourceId"]: each["PhysicalResourceId"]
        for page in pages
        for each in page["StackResourceSummaries"]
    }


def _described(stack: str) -> Any:
    name = stack or _LOCAL_NAME
    (description,) = _cloudformation(stack).describe_stacks(StackName=name)["Stacks"]
    return description


def _cloudformation(stack: str) -> Any:
    if not stack:
        port = int(Stack.read().aws_endpoint.rpartition(":")[2])
        os.environ.update(Cloud(ROOT / ".local" / "cloud", port).credentials)
    return boto3.client("cloudformation")
