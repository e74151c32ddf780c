"""A minimal REST function (one resolver, table and route): the baseline of the real ones."""

import os
from typing import Any

import boto3
from aws_lambda_powertools.event_handler import APIGatewayRestResolver

api = APIGatewayRestResolver(enable_validation=True)
table = boto3.resource("dynamodb").Table(os.environ["REPORTS_TABLE"])


@api.get("/reports/<report_id>")
def get_report(report_id: str) -> dict[str, Any]:
    return table.get_item(Key={"pk": report_id, "sk": "SUMMARY"})["Item"]


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return api.resolve(event, context)
