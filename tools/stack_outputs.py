"""The outputs of a deployed stack, and the credentials of the one that `make up` runs."""

import os

import boto3

from tools.local.cloud import Cloud
from tools.local.stack import Stack
from tools.template import ROOT

_LOCAL_NAME = "stockwarden"


def outputs_of(stack: str) -> dict[str, str]:
    """Of the stack with this name, with the shell's credentials; of the one of `make up` for "",
    whose credentials become the process's own. Raises StepFailed where `make up` has left none."""
    if not stack:
        port = int(Stack.read().aws_endpoint.rpartition(":")[2])
        os.environ.update(Cloud(ROOT / ".local" / "cloud", port).credentials)
    name = stack or _LOCAL_NAME
    (description,) = boto3.client("cloudformation").describe_stacks(StackName=name)["Stacks"]
    return {output["OutputKey"]: output["OutputValue"] for output in description["Outputs"]}
