"""moto's responses are equal with and without our patches (unpatched in a subprocess)."""

import json
import subprocess
import sys
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from tests.support import moto_speed

TABLE: Any = {
    "TableName": "T",
    "BillingMode": "PAY_PER_REQUEST",
    "KeySchema": [
        {"AttributeName": "pk", "KeyType": "HASH"},
        {"AttributeName": "sk", "KeyType": "RANGE"},
    ],
    "AttributeDefinitions": [
        {"AttributeName": "pk", "AttributeType": "S"},
        {"AttributeName": "sk", "AttributeType": "S"},
        {"AttributeName": "n", "AttributeType": "N"},
    ],
    "GlobalSecondaryIndexes": [
        {
            "IndexName": "by-n",
            "KeySchema": [
                {"AttributeName": "pk", "KeyType": "HASH"},
                {"AttributeName": "n", "KeyType": "RANGE"},
            ],
            "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["text"]},
        }
    ],
}
VALUES: dict[str, Any] = {
    "text": {"S": "Größe 東"},
    "empty": {"S": ""},
    "yes": {"BOOL": True},
    "nothing": {"NULL": True},
    "bytes": {"B": b"\x00\xff"},
    "words": {"SS": ["b", "a"]},
    "numbers": {"NS": ["1", "2.5"]},
    "map": {"M": {"inner": {"M": {"n": {"N": "1"}}}, "bytes": {"B": b"x"}, "S": {"S": "S"}}},
    "list": {"L": [{"S": "x"}, {"M": {}}, {"L": []}, {"N": "-1e3"}]},
}


def item(sk: str, n: str, **more: Any) -> dict[str, Any]:
    return {"pk": {"S": "p"}, "sk": {"S": sk}, "n": {"N": n}, **more}


def key(sk: str) -> dict[str, Any]:
    return {"pk": {"S": "p"}, "sk": {"S": sk}}


def update(sk: str, expression: str, values: Any = None, **more: Any) -> dict[str, Any]:
    arguments = {"ExpressionAttributeValues": values} if values else {}
    return {
        "TableName": "T", "Key": key(sk), "UpdateExpression": expression,
        "ExpressionAttributeNames": {"#map": "map", "#list": "list"}, **arguments, **more,
    }  # fmt: skip


ONE = {":one": {"N": "1.0"}}
CHANGE = "SET #map.inner.n = #map.inner.n + :one, #list[1] = :one"
QUERY: Any = {
    "TableName": "T",
    "KeyConditionExpression": "pk = :pk",
    "ExpressionAttributeValues": {":pk": {"S": "p"}},
}
CALLS: list[tuple[str, Any]] = [
    ("put_item", {"TableName": "T", "Item": item("a", "10", **VALUES)}),
    ("put_item", {"TableName": "T", "Item": item("b", "9", text={"S": "b"})}),
    ("put_item", {"TableName": "T", "Item": item("c", "1", text={"S": "x" * 404_900})}),
    ("put_item", {"TableName": "T", "Item": item("d", "1", text={"S": "x" * 405_000})}),
    ("put_item", {"TableName": "T", "Item": item("d", "1", text={"S": "ß" * 202_500})}),
    ("update_item", update("a", CHANGE, ONE, ReturnValues="ALL_NEW")),
    ("update_item", update("b", CHANGE, ONE)),  # it has no map
    ("update_item", update("new", "SET #map = :map, #list = :one", {**ONE, ":map": VALUES["map"]},
                           ReturnValues="ALL_OLD")),
    (
        "transact_write_items",
        {
            "TransactItems": [
                {"Update": update("a", CHANGE, ONE)},
                {"Delete": {"TableName": "T", "Key": key("b")}},
                {"Put": {"TableName": "T", "Item": item("e", "5")}},
                {
                    "ConditionCheck": {
                        "TableName": "T",
                        "Key": key("c"),
                        "ConditionExpression": "n <> :one",
                        "ExpressionAttributeValues": ONE,
                        "ReturnValuesOnConditionCheckFailure": "NONE",
                    }
                },
            ]
        },
    ),
    (
        "transact_write_items",
        {
            "TransactItems": [
                {"Update": update("a", "REMOVE #map.inner", ConditionExpression="#list[1] <> pk")},
                {"Delete": {"TableName": "T", "Key": key("c")}},
            ]
        },
    ),
    ("get_item", {"TableName": "T", "Key": key("a")}),
    ("get_item", {"TableName": "T", "Key": key("none")}),
    ("query", QUERY),
    ("query", {**QUERY, "ScanIndexForward": False, "Limit": 2}),
    ("query", {**QUERY, "IndexName": "by-n"}),
    ("query", {**QUERY, "FilterExpression": "contains(words, :pk) OR size(sk) > n"}),
    ("query", {**QUERY, "ProjectionExpression": "#m.bytes,sk",
               "ExpressionAttributeNames": {"#m": "map"}}),
    ("scan", {"TableName": "T"}),
    ("delete_item", {"TableName": "T", "Key": key("a"), "ReturnValues": "ALL_OLD"}),
    ("scan", {"TableName": "T", "IndexName": "by-n"}),
]  # fmt: skip


def answers() -> list[str]:
    with mock_aws():
        client = boto3.client("dynamodb", region_name="eu-west-1")
        client.create_table(**TABLE)
        outputs = []
        for operation, request in CALLS:
            try:
                answer = getattr(client, operation)(**request)
            except ClientError as refusal:
                answer = refusal.response
            del answer["ResponseMetadata"]
            outputs.append(json.dumps(answer, default=repr, sort_keys=True))
        return outputs


def test_the_same_answers() -> None:
    run = [sys.executable, "-m", "tests.support.test_moto_speed"]
    plain = json.loads(subprocess.run(run, check=True, capture_output=True).stdout)
    moto_speed.apply()
    for call, ours, without in zip(CALLS, answers(), plain, strict=True):
        assert ours == without, call


@pytest.mark.parametrize("position", [6, 8])
def test_what_is_refused_is_refused_on_purpose(position: int) -> None:
    moto_speed.apply()
    assert "Error" in json.loads(answers()[position])


if __name__ == "__main__":
    sys.stdout.write(json.dumps(answers()))
