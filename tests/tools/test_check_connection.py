"""`make check-connection`: what a stack lacks, in plain words, and the exit code."""

import json

import boto3
import httpx
import pytest
from botocore.exceptions import ClientError

from tools import check_connection

API = "API https://api.example/api/v1"
TABLES = ("Users", "Reports", "Anomalies", "Idempotency", "Audit", "Operations", "Catalog", "Stock")


@pytest.fixture
def there(aws, monkeypatch):
    """What the stack has: {name in the template: name at AWS}; its tests take some of it away."""
    boto3.client("cloudformation").create_stack(
        StackName="stockwarden",
        TemplateBody=json.dumps(
            {
                "Parameters": {"MailSender": {"Type": "String", "Default": ""}},
                "Resources": {"Topic": {"Type": "AWS::SNS::Topic"}},
                "Outputs": {"ApiUrl": {"Value": "https://api.example/api/v1"}},
            }
        ),
    )
    names = {f"{name}Table": f"{name}Table" for name in TABLES}
    for table in (names[name] for name in ("ReportsTable", "UsersTable")):
        boto3.client("dynamodb").update_time_to_live(
            TableName=table,
            TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires_at_epoch"},
        )
    names["Bucket"], names["TokenSecret"] = aws["BUCKET"], aws["TOKEN_SECRET_ID"]
    names["AnalysisDeadLetters"] = aws["DEAD_LETTERS_URL"]
    names["AuditKey"] = boto3.client("kms").create_key()["KeyMetadata"]["KeyId"]
    monkeypatch.setattr(check_connection, "resources_of", lambda _stack: names)
    ready = httpx.Response(200, json={"status": "ready"})
    monkeypatch.setattr(httpx, "get", lambda *_args, **_options: ready)
    return names


@pytest.fixture
def check(there, capsys):
    """The exit code, and {what: problem or None}."""

    def run():
        code = check_connection.main(["--stack", "stockwarden"])
        *lines, total = capsys.readouterr().out.splitlines()
        found = {}
        for line in lines:
            what, _, problem = line[2:].partition(": ")
            found[what] = problem if line.startswith("✗") else None
        wrong = sum(problem is not None for problem in found.values())
        assert total.startswith(f"{len(found)} things checked, {wrong} problem")
        return code, found

    return run


def test_what_is_there_is_well_and_what_is_not_is_named(check):
    code, found = check()
    assert code == 1
    for well in ("table StockTable", "index by_name of the table StockTable", "bucket Bucket"):
        assert (well, found[well]) == (well, None)
    for well in ("secret TokenSecret", "key AuditKey", API, "queue AnalysisDeadLetters"):
        assert found[well] is None
    assert found["function CatalogFunction"] == "the stack has none: deploy this release."
    assert found["queue AnalysisQueue"] == "the stack has none: deploy this release."


def test_a_table_that_is_gone_or_lacks_an_index(check):
    client = boto3.client("dynamodb")
    client.delete_table(TableName="StockTable")
    client.update_table(
        TableName="CatalogTable",
        GlobalSecondaryIndexUpdates=[{"Delete": {"IndexName": "by_supplier"}}],
    )
    _, found = check()
    assert found["table StockTable"].startswith("there is no StockTable")
    assert found["table CatalogTable"] is None
    assert found["index by_supplier of the table CatalogTable"].startswith("it is not there")


def test_rows_that_do_not_expire_and_versions_that_are_not_kept(check, there):
    boto3.client("s3").put_bucket_versioning(
        Bucket=there["Bucket"], VersioningConfiguration={"Status": "Suspended"}
    )
    _, found = check()
    assert found["time to live of the table ReportsTable"] is None
    assert found["time to live of the table IdempotencyTable"].startswith("it does not expire")
    assert found["versions of the bucket Bucket"].startswith("it keeps no versions")


def test_a_queue_without_dead_letters_and_a_key_that_is_off(check, there):
    there["AnalysisQueue"] = there["AnalysisDeadLetters"]
    boto3.client("kms").disable_key(KeyId=there["AuditKey"])
    _, found = check()
    assert found["queue AnalysisQueue"] is None
    assert found["dead letters of the queue AnalysisQueue"].startswith("it has no queue")
    assert found["key AuditKey"] == "it is Disabled: the audit log cannot be signed."


def test_what_may_not_be_looked_at(check, monkeypatch):
    def denied(*_args):
        raise ClientError({"Error": {"Code": "AccessDeniedException"}}, "DescribeKey")

    monkeypatch.setitem(check_connection.CHECKS, "AWS::KMS::Key", denied)
    _, found = check()
    assert found["key AuditKey"] == "these credentials may not look at it."


def test_an_api_that_does_not_answer(check, monkeypatch):
    def get(*_args, **_options):
        raise httpx.ConnectError("refused")

    monkeypatch.setattr(httpx, "get", get)
    _, found = check()
    assert found[API] == "it does not answer: refused."


def test_streams_of_tables(check):
    client = boto3.client("dynamodb")
    client.update_table(TableName="StockTable", StreamSpecification={"StreamEnabled": False})
    client.update_table(
        TableName="CatalogTable",
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
    )
    client.update_table(
        TableName="AuditTable",
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
    )
    _, found = check()
    assert found["stream of the table StockTable"].startswith("it is off")
    assert found["stream of the table CatalogTable"].startswith("it tells NEW_IMAGE, and NEW_AND")
    assert found["stream of the table AuditTable"] is None
    assert "stream of the table UsersTable" not in found


SOURCE, FAILURES = (
    "event source ProjectionsFunctionStock",
    "queue of failures of the event source ProjectionsFunctionStock",
)
OF_FAILURES = {"OnFailure": {"Destination": "arn:aws:sqs:eu-west-1:1:Failures"}}


@pytest.mark.parametrize(
    ("mapping", "problems"),
    [
        ({"State": "Enabled", "DestinationConfig": OF_FAILURES}, (None, None)),
        ({"State": "Disabled", "DestinationConfig": OF_FAILURES}, ("it is disabled", None)),
        ({"State": "Enabled", "DestinationConfig": {}}, (None, "it has none")),
        (
            {
                "State": "Enabled",
                "LastProcessingResult": "PROBLEM: Function call failed",
                "DestinationConfig": OF_FAILURES,
            },
            ("its last call failed: PROBLEM: Function call failed", None),
        ),
    ],
)
def test_what_calls_a_function(check, there, monkeypatch, mapping, problems):
    class Lambda:
        def get_event_source_mapping(self, *, UUID):
            assert UUID == "uuid"
            return mapping

    clients = boto3.client
    there["ProjectionsFunctionStock"] = "uuid"
    monkeypatch.setattr(
        boto3, "client", lambda name: Lambda() if name == "lambda" else clients(name)
    )
    _, found = check()
    for what, expected in zip((SOURCE, FAILURES), problems, strict=True):
        assert (found[what] is None) == (expected is None)
        assert (found[what] or "").startswith(expected or "")


def test_all_that_calls_a_function_is_checked(check):
    _, found = check()
    sources = {what for what in found if what.startswith("event source ")}
    assert sources == {
        "event source AnalysisFunctionUploads",
        "event source AnalysisFunctionJobs",
        "event source AuditSealFunctionEntries",
        "event source ProjectionsFunctionStock",
        "event source ProjectionsFunctionCatalog",
    }
    assert found["event source AnalysisFunctionJobs"].startswith("the stack has none")


def test_a_deleted_event_source_is_told(check, there):
    there["ProjectionsFunctionCatalog"] = "14124632-70d2-45d5-b8b5-d0f5b0a04c7b"
    _, found = check()
    what = "event source ProjectionsFunctionCatalog"
    assert found[what].startswith("there is no 14124632-")


@pytest.mark.parametrize(
    ("verified", "problem"),
    [("example.com", None), ("other.example", "nobody has verified it")],
)
def test_the_address_that_mails_come_from(aws, verified, problem):
    boto3.client("ses").verify_domain_identity(Domain=verified)
    identity, *_ = check_connection.check_mail("stock@example.com")
    assert identity.what == "mail identity stock@example.com"
    assert (identity.problem or "").startswith(problem or "")
    assert (identity.problem is None) == (problem is None)


def test_a_stack_without_mails(aws):
    (finding,) = check_connection.check_mail("")
    assert finding.problem is None


def test_a_stack_that_is_not_there(aws, capsys):
    assert check_connection.main(["--stack", "elsewhere"]) == 2
    assert "could not be checked" in capsys.readouterr().err
