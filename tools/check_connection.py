"""Checks that a stack has what it needs: `make check-connection [STACK=…]`.

    ✓ table StockTable
    ✗ index by_name of the table StockTable: it is being built, …
    38 things checked, 1 problem

Tables with their indexes, streams and time to live, buckets, queues with their dead letters,
secrets, keys, functions and what calls them, the identity that mails are sent as, and whether the
API answers. Nothing is written and no secret is read. Without `--stack` it is the stack of
`make up`; credentials and region for another are the shell's. Exit code: 0 if all is well, 1 for a
problem, 2 if it could not be read.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import boto3
import httpx
from botocore.exceptions import BotoCoreError, ClientError

from tools.local.failure import StepFailed
from tools.local.stack import Stack
from tools.stack_outputs import outputs_of, parameters_of, resources_of
from tools.template import load

_ABSENT = frozenset(
    {
        "ResourceNotFoundException",
        "NotFoundException",
        "404",
        "NoSuchBucket",
        "AWS.SimpleQueueService.NonExistentQueue",
        "QueueDoesNotExist",
    }
)
_DENIED = frozenset({"AccessDenied", "AccessDeniedException", "403", "UnauthorizedOperation"})
_API_SECONDS = 20
_EVENT_SOURCE = "AWS::Lambda::EventSourceMapping"
_WORDS = {_EVENT_SOURCE: "event source"}
# Mails a day of an account that AWS has not let out of the sandbox.
_SANDBOX = 200


@dataclass(frozen=True)
class Finding:
    """`problem` says what is wrong and what follows from it; None where all is well."""

    what: str
    problem: str | None = None


Check = Callable[[str, str, Mapping[str, Any]], Iterator[Finding]]


def check_table(name: str, table: str, properties: Mapping[str, Any]) -> Iterator[Finding]:
    client = boto3.client("dynamodb")
    described = client.describe_table(TableName=table)["Table"]
    yield Finding(f"table {name}", _table_problem(described, properties))
    there = {index["IndexName"]: index for index in described.get("GlobalSecondaryIndexes", [])}
    for index in properties.get("GlobalSecondaryIndexes", []):
        found = there.get(index["IndexName"])
        yield Finding(
            f"index {index['IndexName']} of the table {name}", _index_problem(found, index)
        )
    stream = properties.get("StreamSpecification", {}).get("StreamViewType")
    if stream:
        view = described.get("StreamSpecification", {}).get("StreamViewType")
        yield Finding(f"stream of the table {name}", _stream_problem(view, stream))
    expected = properties.get("TimeToLiveSpecification", {}).get("AttributeName")
    if expected:
        answer = client.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
        on = answer["TimeToLiveStatus"] in {"ENABLED", "ENABLING"}
        right = on and answer.get("AttributeName") == expected
        problem = f"it does not expire rows by {expected}: old ones stay, and cost."
        yield Finding(f"time to live of the table {name}", None if right else problem)


def _table_problem(described: Mapping[str, Any], properties: Mapping[str, Any]) -> str | None:
    if described["TableStatus"] not in {"ACTIVE", "UPDATING"}:
        return f"it is {described['TableStatus'].lower()}, not active."
    if _keys(described) != _keys(properties):
        return "its keys are others than the template says: it is not a table of this product."
    return None


def _index_problem(found: Mapping[str, Any] | None, index: Mapping[str, Any]) -> str | None:
    if found is None:
        return "it is not there: lists that are read from it fail. Deploy this release."
    if found.get("IndexStatus", "ACTIVE") == "CREATING":
        return "it is being built: lists that are read from it are incomplete until then."
    if _keys(found) != _keys(index):
        return "its keys are others than the template says."
    return None


def _stream_problem(view: str | None, expected: str) -> str | None:
    if view is None:
        return "it is off: what follows from changes does not happen. Deploy this release."
    if view != expected:
        return f"it tells {view}, and {expected} is needed. Deploy this release."
    return None


def _keys(described: Mapping[str, Any]) -> list[tuple[str, str]]:
    return sorted((key["AttributeName"], key["KeyType"]) for key in described["KeySchema"])


def check_bucket(name: str, bucket: str, properties: Mapping[str, Any]) -> Iterator[Finding]:
    client = boto3.client("s3")
    client.head_bucket(Bucket=bucket)
    yield Finding(f"bucket {name}")
    expected = properties.get("VersioningConfiguration", {}).get("Status")
    if expected:
        status = client.get_bucket_versioning(Bucket=bucket).get("Status")
        problem = "it keeps no versions: what is overwritten or deleted is lost."
        yield Finding(f"versions of the bucket {name}", None if status == expected else problem)


def check_queue(name: str, queue: str, properties: Mapping[str, Any]) -> Iterator[Finding]:
    client = boto3.client("sqs")
    answer = client.get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])["Attributes"]
    yield Finding(f"queue {name}")
    if "RedrivePolicy" in properties:
        problem = "it has no queue of dead letters: a message that fails for good comes for ever."
        yield Finding(
            f"dead letters of the queue {name}", None if "RedrivePolicy" in answer else problem
        )


def check_secret(name: str, secret: str, _: Mapping[str, Any]) -> Iterator[Finding]:
    described = boto3.client("secretsmanager").describe_secret(SecretId=secret)
    stages = [stage for each in described["VersionIdsToStages"].values() for stage in each]
    problem = "it has no current value: nobody can sign in. See docs/operations.md."
    if "DeletedDate" in described:
        problem = "it is about to be deleted: restore it, or nobody can sign in."
        stages = []
    yield Finding(f"secret {name}", None if "AWSCURRENT" in stages else problem)


def check_key(name: str, key: str, _: Mapping[str, Any]) -> Iterator[Finding]:
    state = boto3.client("kms").describe_key(KeyId=key)["KeyMetadata"]["KeyState"]
    problem = f"it is {state}: the audit log cannot be signed."
    yield Finding(f"key {name}", None if state == "Enabled" else problem)


def check_function(name: str, function: str, _: Mapping[str, Any]) -> Iterator[Finding]:
    found = boto3.client("lambda").get_function_configuration(FunctionName=function)
    state = found.get("State", "Active")
    problem = None
    if state not in {"Active", "Inactive"}:
        problem = f"it is {state.lower()}: {found.get('StateReason') or 'it cannot be called'}."
    elif found.get("LastUpdateStatus") == "Failed":
        reason = found.get("LastUpdateStatusReason") or "the reason is not told"
        problem = f"its last update failed: {reason}."
    yield Finding(f"function {name}", problem)


def check_event_source(name: str, uuid: str, properties: Mapping[str, Any]) -> Iterator[Finding]:
    """What calls a function with the messages of a queue, or with the changes of a table."""
    mapping = boto3.client("lambda").get_event_source_mapping(UUID=uuid)
    state, result = str(mapping["State"]).lower(), str(mapping.get("LastProcessingResult", ""))
    problem = None
    if state in {"disabled", "disabling", "deleting"}:
        problem = f"it is {state}: its function is not called, and what it should do waits."
    elif result.startswith("PROBLEM"):
        problem = f"its last call failed: {result}. See the function's log."
    yield Finding(f"event source {name}", problem)
    if "DestinationConfig" in properties:
        failures = mapping.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination")
        problem = "it has none: what fails for good is dropped without a trace."
        yield Finding(
            f"queue of failures of the event source {name}", None if failures else problem
        )


CHECKS: dict[str, Check] = {
    "AWS::DynamoDB::Table": check_table,
    "AWS::S3::Bucket": check_bucket,
    "AWS::SQS::Queue": check_queue,
    "AWS::SecretsManager::Secret": check_secret,
    "AWS::KMS::Key": check_key,
    "AWS::Serverless::Function": check_function,
    _EVENT_SOURCE: check_event_source,
}


def check_mail(sender: str) -> Iterator[Finding]:
    """The address itself may be verified, or its domain."""
    if not sender:
        yield Finding("mail: the stack has no MailSender, so it sends none")
        return
    client, domain = boto3.client("ses"), sender.rpartition("@")[2]
    answer = client.get_identity_verification_attributes(Identities=[sender, domain])
    states = {each["VerificationStatus"] for each in answer["VerificationAttributes"].values()}
    problem = None
    if not states:
        problem = "nobody has verified it, nor its domain: mails are refused."
    elif "Success" not in states:
        problem = "its verification is not finished: mails are refused until then."
    yield Finding(f"mail identity {sender}", problem)
    most = client.get_send_quota()["Max24HourSend"]
    if 0 <= most <= _SANDBOX:
        yield Finding(
            f"{most:.0f} mails a day, as in the sandbox of SES: only to verified addresses"
        )


def check_api(url: str) -> Iterator[Finding]:
    """Whether the API answers, and reaches what it needs."""
    try:
        answer = httpx.get(f"{url}/health/ready", timeout=_API_SECONDS)
    except httpx.HTTPError as error:
        yield Finding(f"API {url}", f"it does not answer: {error}.")
        return
    problem = f"it answers {answer.status_code}: {answer.text[:200]}"
    yield Finding(f"API {url}", None if answer.is_success else problem)


def findings(stack: str) -> Iterator[Finding]:
    """What is checked of a stack, one after the other. Raises as boto3 does for the stack itself,
    and StepFailed."""
    outputs, there = outputs_of(stack), resources_of(stack)
    for name, resource in _resources():
        check = CHECKS.get(resource["Type"])
        if check is None:
            continue
        what = _WORDS.get(resource["Type"]) or resource["Type"].rpartition("::")[2].lower()
        if name in there:
            properties = dict(resource.get("Properties", {}))
            if not stack:
                # The local cloud does not expire rows.
                properties.pop("TimeToLiveSpecification", None)
            yield from _tried(check, name, there[name], properties, what)
        elif "Condition" not in resource:
            yield Finding(f"{what} {name}", "the stack has none: deploy this release.")
    yield from check_mail(parameters_of(stack).get("MailSender", ""))
    # The address in the outputs is one that only AWS serves.
    yield from check_api(outputs["ApiUrl"] if stack else Stack.read().api_url)


def _resources() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Those of the template, and the event sources that SAM makes of what functions have."""
    for name, resource in load()["Resources"].items():
        yield name, resource
        if resource["Type"] == "AWS::Serverless::Function":
            for event, source in resource["Properties"].get("Events", {}).items():
                if source["Type"] in {"SQS", "DynamoDB"}:
                    yield f"{name}{event}", {**source, "Type": _EVENT_SOURCE}


def _tried(
    check: Check, name: str, physical: str, properties: Mapping[str, Any], what: str
) -> Iterator[Finding]:
    try:
        yield from check(name, physical, properties)
    except ClientError as error:
        code = _code(error)
        if code in _ABSENT:
            yield Finding(
                f"{what} {name}", f"there is no {physical}: somebody has deleted it by hand."
            )
        elif code in _DENIED:
            yield Finding(f"{what} {name}", "these credentials may not look at it.")
        else:
            raise


def _code(error: ClientError) -> str:
    return str(error.response["Error"]["Code"])


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Check that a stack has what it needs.")
    parser.add_argument("--stack", default="", help="on AWS; without, that of `make up`")
    stack = parser.parse_args(arguments).stack
    checked = problems = 0
    try:
        for finding in findings(stack):
            checked += 1
            problems += finding.problem is not None
            text = f"✗ {finding.what}: {finding.problem}" if finding.problem else finding.what
            print(text if finding.problem else f"✓ {text}")
    except (BotoCoreError, ClientError, StepFailed) as failed:
        print(f"The stack could not be checked: {failed}", file=sys.stderr)
        return 2
    print(f"{checked} things checked, {problems} problem{'' if problems == 1 else 's'}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
