"""Print what `sam local start-api --env-vars` needs to work on a deployed stack's tables.

python -m tools.start_api --stack NAME
"""

import argparse
import json
import sys
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

_VARIABLES = {
    "USERS_TABLE": "UsersTableName",
    "REPORTS_TABLE": "ReportsTableName",
    "ANOMALIES_TABLE": "AnomaliesTableName",
    "BUCKET": "BucketName",
    "ANALYSIS_QUEUE_URL": "AnalysisQueueUrl",
    "TOKEN_SECRET_ID": "TokenSecretId",
}


def environment(stack: dict[str, Any]) -> dict[str, dict[str, str]]:
    """For every function, from a stack as DescribeStacks shows it."""
    outputs = {one["OutputKey"]: one["OutputValue"] for one in stack["Outputs"]}
    return {"Parameters": {name: outputs[output] for name, output in _VARIABLES.items()}}


def main() -> int:
    parser = argparse.ArgumentParser(description="The environment for sam local start-api.")
    parser.add_argument("--stack", default="stockwarden")
    stack = parser.parse_args().stack
    try:
        found = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
    except (ClientError, BotoCoreError) as error:
        print(f"tools.start_api: {error}", file=sys.stderr)
        return 1
    print(json.dumps(environment(dict(found)), indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
