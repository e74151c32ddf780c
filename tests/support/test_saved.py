"""An account is restored as it was saved, whatever changed meanwhile."""

from typing import Any

import boto3

from stockwarden.bootstrap import stores
from tests.support.aws import cloud, renew
from tests.support.saved import restore, save

KEY = {"pk": {"S": "p"}, "sk": {"S": "s"}}


def account_content() -> dict[str, Any]:
    table, objects, queue = stores.users_table(), stores.objects(), stores.analysis_queue()
    versions = objects.client.list_object_versions(Bucket=objects.bucket)
    waiting = queue.client.get_queue_attributes(
        QueueUrl=queue.url,
        AttributeNames=["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
    )
    secret = boto3.client("secretsmanager").get_secret_value(SecretId="token-secret")
    return {
        "items": table.client.scan(TableName=table.name)["Items"],
        "versions": [
            (entry["Key"], entry["VersionId"], entry["LastModified"], _body(entry))
            for entry in versions.get("Versions", [])
        ],
        "markers": [entry["VersionId"] for entry in versions.get("DeleteMarkers", [])],
        "messages": waiting["Attributes"],
        "secret": secret["SecretString"],
        "users": boto3.client("iam").list_users()["Users"],
    }


def _body(entry: Any) -> bytes:
    objects = stores.objects()
    answer = objects.client.get_object(
        Bucket=objects.bucket, Key=entry["Key"], VersionId=entry["VersionId"]
    )
    body: bytes = answer["Body"].read()
    return body


def fill() -> None:
    table, objects, queue = stores.users_table(), stores.objects(), stores.analysis_queue()
    table.client.put_item(TableName=table.name, Item={**KEY, "m": {"M": {"n": {"N": "1"}}}})
    for body in (b"one", b"two"):
        objects.put("uploads/x.csv", body, "text/csv")
    objects.put("uploads/gone.csv", b"three", "text/csv")
    objects.client.delete_object(Bucket=objects.bucket, Key="uploads/gone.csv")
    queue.send({"waits": True})
    queue.send({"taken": True})
    queue.client.receive_message(QueueUrl=queue.url, MaxNumberOfMessages=1)


def spoil() -> None:
    table, objects, queue = stores.users_table(), stores.objects(), stores.analysis_queue()
    table.client.update_item(
        TableName=table.name,
        Key=KEY,
        UpdateExpression="SET m.n = :new",
        ExpressionAttributeValues={":new": {"N": "2"}},
    )
    table.client.put_item(TableName=table.name, Item={**KEY, "sk": {"S": "more"}})
    objects.delete_prefix("uploads/")
    objects.put("uploads/x.csv", b"other", "text/csv")
    queue.client.purge_queue(QueueUrl=queue.url)
    boto3.client("secretsmanager").put_secret_value(SecretId="token-secret", SecretString="other")
    boto3.client("iam").create_user(UserName="another")


def test_as_it_was_as_often_as_asked_for() -> None:
    with cloud():
        fill()
        saved, before = save(), account_content()
        assert len(before["versions"]) == 3 and before["markers"]
        for _ in range(2):
            spoil()
            assert account_content() != before
            restore(saved)
            assert account_content() == before


def test_empty_again() -> None:
    with cloud():
        before = account_content()
        assert not before["items"] and not before["versions"]
        fill()
        spoil()
        renew()
        assert account_content() == before
    with cloud():
        assert account_content() == before
