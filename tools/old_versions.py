"""Deletes the versions of a stack's functions that no alias serves.

python -m tools.old_versions --stack NAME [--keep 3]

Each deploy publishes a version of every function and never takes one away, until the account's
75 GB of code are full. The newest few stay, to go back to; so does whatever an alias names.
"""

import argparse
from collections.abc import Iterator
from typing import Any

KEPT = 3
_FUNCTION = "AWS::Lambda::Function"


def delete_old_versions(cloud_formation: Any, functions: Any, stack: str, *, keep: int) -> int:
    """Returns the number of deleted versions. May be repeated, and interrupted anywhere."""
    deleted = 0
    for name in _function_names(cloud_formation, stack):
        served = _served_versions(functions, name)
        numbers = sorted(_published_versions(functions, name), reverse=True)
        for number in numbers[keep:]:
            if str(number) not in served:
                functions.delete_function(FunctionName=name, Qualifier=str(number))
                deleted += 1
    return deleted


def _function_names(cloud_formation: Any, stack: str) -> Iterator[str]:
    pages = cloud_formation.get_paginator("list_stack_resources").paginate(StackName=stack)
    for page in pages:
        for resource in page["StackResourceSummaries"]:
            if resource["ResourceType"] == _FUNCTION:
                yield resource["PhysicalResourceId"]


def _published_versions(functions: Any, name: str) -> Iterator[int]:
    pages = functions.get_paginator("list_versions_by_function").paginate(FunctionName=name)
    for page in pages:
        for version in page["Versions"]:
            if version["Version"] != "$LATEST":
                yield int(version["Version"])


def _served_versions(functions: Any, name: str) -> set[str]:
    """The versions that an alias routes to, including weighted ones."""
    served: set[str] = set()
    for page in functions.get_paginator("list_aliases").paginate(FunctionName=name):
        for alias in page["Aliases"]:
            weights = alias.get("RoutingConfig", {}).get("AdditionalVersionWeights", {})
            served |= {alias["FunctionVersion"], *weights}
    return served


def main() -> None:
    import boto3

    parser = argparse.ArgumentParser(description="Delete versions that nothing serves any more.")
    parser.add_argument("--stack", required=True)
    parser.add_argument("--keep", type=int, default=KEPT, help=f"the newest; {KEPT} by default")
    arguments = parser.parse_args()
    deleted = delete_old_versions(
        boto3.client("cloudformation"),
        boto3.client("lambda"),
        arguments.stack,
        keep=max(arguments.keep, 1),
    )
    print(f"{deleted} old versions deleted.")


if __name__ == "__main__":
    main()
