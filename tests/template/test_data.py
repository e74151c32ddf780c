"""Protection of tables, buckets, queues and secrets."""

import json
from datetime import timedelta
from typing import Any

import pytest

from stockwarden.anomalies.result_sets import LOCK_LIFETIME
from stockwarden.reports.attempts import LEASE, RENEWAL_SECONDS
from tools.template import load, resources

TABLES = resources("AWS::DynamoDB::Table")
BUCKETS = resources("AWS::S3::Bucket")
QUEUES = resources("AWS::SQS::Queue")


def policy_statements(kind: str, target: str) -> list[dict[str, Any]]:
    """The policy statements of one bucket or queue, as deployed on AWS (TLS required)."""
    result: list[dict[str, Any]] = []
    for policy in resources(kind).values():
        properties = policy["Properties"]
        about = properties.get("Queues") or [properties.get("Bucket")]
        if {"Ref": target} in about:
            statements = properties["PolicyDocument"]["Statement"]
            result += [statement.get("Fn::If", [None, statement])[1] for statement in statements]
    return result


def refuses_plain_http(statement: dict[str, Any]) -> bool:
    return (
        statement["Effect"] == "Deny"
        and statement["Principal"] == "*"
        and statement.get("Condition") == {"Bool": {"aws:SecureTransport": "false"}}
    )


@pytest.mark.parametrize("name", TABLES)
def test_table(name: str) -> None:
    table = TABLES[name]["Properties"]
    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["SSESpecification"] == {"SSEEnabled": True}
    assert table["DeletionProtectionEnabled"] == {"Ref": "DeletionProtection"}


@pytest.mark.parametrize("name", [*TABLES, "Bucket", "TokenSecret", "AuditHeadsBucket", "AuditKey"])
def test_data_outlives_the_stack(name: str) -> None:
    resource = load()["Resources"][name]
    assert resource["DeletionPolicy"] == "RetainExceptOnCreate"
    assert resource["UpdateReplacePolicy"] == "Retain"


@pytest.mark.parametrize("name", BUCKETS)
def test_bucket(name: str) -> None:
    bucket = BUCKETS[name]["Properties"]
    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert "BucketEncryption" in bucket
    assert any(map(refuses_plain_http, policy_statements("AWS::S3::BucketPolicy", name)))


def test_uploads_expire_by_parameter() -> None:
    rules = BUCKETS["Bucket"]["Properties"]["LifecycleConfiguration"]["Rules"]
    expiring = {rule.get("Prefix"): rule.get("ExpirationInDays") for rule in rules}
    for prefix in ("uploads/", "drop/"):
        assert expiring[prefix] == {"Ref": "UploadRetentionDays"}
    assert expiring["analyses/"] is None


@pytest.mark.parametrize("prefix", ["uploads/", "drop/"])
def test_arrivals_are_announced(prefix: str) -> None:
    announced = BUCKETS["Bucket"]["Properties"]["NotificationConfiguration"]["QueueConfigurations"]
    (notification,) = [
        configuration
        for configuration in announced
        if configuration["Filter"]["S3Key"]["Rules"][0]["Value"] == prefix
    ]
    assert notification["Event"] == "s3:ObjectCreated:*"
    assert notification["Queue"] == {"Fn::GetAtt": "AnalysisQueue.Arn"}


@pytest.mark.parametrize("name", QUEUES)
def test_queue(name: str) -> None:
    assert QUEUES[name]["Properties"]["SqsManagedSseEnabled"] is True
    assert any(map(refuses_plain_http, policy_statements("AWS::SQS::QueuePolicy", name)))


def test_an_analysis_that_always_times_out_is_failed_within_ten_minutes() -> None:
    function = load()["Resources"]["AnalysisFunction"]["Properties"]
    sweep_interval = timedelta(minutes=1)
    assert timedelta(seconds=function["Timeout"]) + LEASE + sweep_interval <= timedelta(minutes=10)


def test_lock_of_a_running_attempt_does_not_expire() -> None:
    function = load()["Resources"]["AnalysisFunction"]["Properties"]
    assert timedelta(seconds=function["Timeout"]) < LOCK_LIFETIME


@pytest.mark.parametrize(
    ("name", "source", "batch"), [("AnalysisQueue", "Uploads", 10), ("JobsQueue", "Jobs", 1)]
)
def test_work_is_tried_four_times_and_soon_after_a_kill(name: str, source: str, batch: int) -> None:
    queue = QUEUES[name]["Properties"]
    function = load()["Resources"]["AnalysisFunction"]["Properties"]
    assert queue["RedrivePolicy"]["maxReceiveCount"] == 4
    assert function["Timeout"] < queue["VisibilityTimeout"] <= function["Timeout"] + 120
    mapping = function["Events"][source]["Properties"]
    assert mapping["Queue"] == {"Fn::GetAtt": f"{name}.Arn"}
    assert mapping["BatchSize"] == batch
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping["ScalingConfig"] == {"MaximumConcurrency": {"Ref": "AnalysisSlots"}}


def test_jobs_wait_in_groups_for_the_slots_that_there_are() -> None:
    assert QUEUES["JobsQueue"]["Properties"]["FifoQueue"] is True
    assert QUEUES["JobDeadLetters"]["Properties"]["FifoQueue"] is True
    variables = load()["Resources"]["AnalysisFunction"]["Properties"]["Environment"]["Variables"]
    assert variables["ANALYSIS_SLOTS"] == {"Ref": "AnalysisSlots"}


def test_what_a_dead_worker_did_is_taken_up_within_two_minutes() -> None:
    jobs = load()["Resources"]["SweepFunction"]["Properties"]["Events"]["Jobs"]["Properties"]
    assert json.loads(jobs["Input"]) == {"task": "jobs"}
    assert jobs["Schedule"] == "rate(1 minute)"
    assert timedelta(minutes=1) + LEASE <= timedelta(minutes=2)
    assert LEASE.total_seconds() > 3 * RENEWAL_SECONDS


def test_only_unfinished_jobs_are_in_their_index() -> None:
    indexes = TABLES["ReportsTable"]["Properties"]["GlobalSecondaryIndexes"]
    (index,) = [entry for entry in indexes if entry["IndexName"] == "by_due"]
    assert index["Projection"] == {"ProjectionType": "KEYS_ONLY"}
    assert [entry["AttributeName"] for entry in index["KeySchema"]] == ["watched", "due"]


def test_tls_is_required_unless_said_otherwise() -> None:
    assert load()["Parameters"]["TlsOnly"]["Default"] == "true"
    assert load()["Parameters"]["DeletionProtection"]["Default"] == "true"


def test_page_is_read_only_through_the_distribution() -> None:
    (reader,) = [
        statement
        for statement in policy_statements("AWS::S3::BucketPolicy", "WebBucket")
        if statement["Effect"] == "Allow"
    ]
    assert reader["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    assert reader["Action"] == "s3:GetObject"
    assert "distribution/${Distribution}" in str(reader["Condition"])
