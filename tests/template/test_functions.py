"""Every function has an existing handler, its own role without wildcards, logs, an alarm."""

import importlib
import os
import re
import subprocess
import sys
from typing import Any

import pytest

from stockwarden.core.config import Settings
from stockwarden.storage.clients import CONNECT_SECONDS
from tools.template import ROOT, load, resources

FUNCTIONS = resources("AWS::Serverless::Function")
ROLES = resources("AWS::IAM::Role")
# X-Ray has no resources that a policy could name.
WITHOUT_RESOURCES = {"xray:PutTraceSegments", "xray:PutTelemetryRecords"}
OUR_VARIABLES = {name.upper() for name in Settings.__annotations__}
# Read by Powertools, by Python itself and by the C library.
FOREIGN_VARIABLES = ("MALLOC_", "POWERTOOLS_", "PYTHON")

each_function = pytest.mark.parametrize("name", FUNCTIONS)


def properties(name: str) -> dict[str, Any]:
    return {**load()["Globals"]["Function"], **FUNCTIONS[name]["Properties"]}


def role_of(name: str) -> str:
    target, attribute = properties(name)["Role"]["Fn::GetAtt"].split(".")
    assert attribute == "Arn"
    return target


def statements(name: str) -> list[dict[str, Any]]:
    policies = ROLES[role_of(name)]["Properties"]["Policies"]
    return [statement for policy in policies for statement in policy["PolicyDocument"]["Statement"]]


def failure_destinations(name: str) -> set[str]:
    """The queues to which Lambda itself sends, with the function's role, what the function fails
    to handle."""
    destinations = [
        event["Properties"].get("DestinationConfig", {}).get("OnFailure")
        for event in properties(name).get("Events", {}).values()
    ]
    return {
        destination["Destination"]["Fn::GetAtt"].split(".")[0]
        for destination in destinations
        if destination
    }


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@each_function
def test_handler_is_there(name: str) -> None:
    module, _, attribute = properties(name)["Handler"].rpartition(".")
    assert callable(getattr(importlib.import_module(module), attribute))


@each_function
def test_starts_from_a_snapshot_of_a_published_version(name: str) -> None:
    function = properties(name)
    assert function["SnapStart"] == {"ApplyOn": "PublishedVersions"}
    assert function["AutoPublishAlias"] == "live"
    assert function["AutoPublishAliasAllProperties"] is True
    assert function["Runtime"] == "python3.13"
    assert function["Tracing"] == "Active"


@each_function
def test_logs_go_to_a_group_that_forgets(name: str) -> None:
    group = properties(name)["LoggingConfig"]["LogGroup"]["Ref"]
    retention = load()["Resources"][group]["Properties"]["RetentionInDays"]
    assert retention == {"Ref": "LogRetentionDays"}


@each_function
def test_errors_raise_an_alarm(name: str) -> None:
    watched = [{"Name": "FunctionName", "Value": {"Ref": name}}]
    metrics = {
        alarm["Properties"]["MetricName"]
        for alarm in resources("AWS::CloudWatch::Alarm").values()
        if alarm["Properties"].get("Dimensions") == watched
    }
    assert "Errors" in metrics


def test_every_alarm_can_notify_somebody() -> None:
    for name, alarm in resources("AWS::CloudWatch::Alarm").items():
        notified = alarm["Properties"]["AlarmActions"]["Fn::If"]
        assert notified[:2] == ["HasAlarmTopic", [{"Ref": "AlarmTopicArn"}]], name


@pytest.mark.parametrize(
    "metric", ["Errors", "Throttles", "Duration", "ApproximateNumberOfMessagesVisible", "5XXError"]
)
def test_alarms_watch(metric: str) -> None:
    alarms = resources("AWS::CloudWatch::Alarm").values()
    assert metric in {alarm["Properties"]["MetricName"] for alarm in alarms}


def test_no_two_functions_share_a_role() -> None:
    roles = [role_of(name) for name in FUNCTIONS]
    assert len(set(roles)) == len(roles)


@each_function
def test_role_has_no_managed_policies(name: str) -> None:
    assert "ManagedPolicyArns" not in ROLES[role_of(name)]["Properties"]
    assert "Policies" not in FUNCTIONS[name]["Properties"]


@each_function
def test_role_names_actions_and_resources(name: str) -> None:
    for statement in statements(name):
        actions = listed(statement["Action"])
        assert not [action for action in actions if "*" in action]
        if set(actions) <= WITHOUT_RESOURCES:
            continue
        for resource in listed(statement["Resource"]):
            text = resource.get("Fn::Sub") or resource.get("Fn::GetAtt") or ""
            # `<bucket>/<prefix>/*` is all objects of one prefix, and `<bucket>/<prefix>/*/<name>.*`
            # those of one name there; nothing else may be open.
            assert "*" not in re.sub(r"/\*(/\w+\.\*)?$", "", text), text
            assert not text.endswith("Arn}/*"), f"{text} is the whole bucket"


@each_function
def test_role_may_use_nothing_else_of_what_it_is_not_told_of(name: str) -> None:
    """A role names only tables and buckets that the function's environment names too."""
    variables = properties(name)["Environment"]["Variables"]
    allowed = {value.get("Ref") for value in variables.values() if isinstance(value, dict)}
    allowed |= failure_destinations(name)
    for statement in statements(name):
        for resource in listed(statement["Resource"]):
            if isinstance(resource, dict):
                text = resource.get("Fn::GetAtt") or resource["Fn::Sub"].removeprefix("${")
                target = text.split(".")[0]
                assert target in allowed or target.endswith("Logs") or ":ses:" in text, target


@each_function
def test_environment_is_what_the_settings_read(name: str) -> None:
    variables = properties(name)["Environment"]["Variables"]
    unknown = [
        variable
        for variable in variables
        if variable not in OUR_VARIABLES and not variable.startswith(FOREIGN_VARIABLES)
    ]
    assert not unknown


def test_pandas_comes_only_where_rules_are_run() -> None:
    with_dataframes = {
        name for name in FUNCTIONS if {"Ref": "DataframeLayer"} in properties(name)["Layers"]
    }
    assert with_dataframes == {"AnalysisFunction", "BacktestFunction"}


@pytest.mark.parametrize("name", sorted(set(FUNCTIONS) - {"AnalysisFunction", "BacktestFunction"}))
def test_function_without_dataframes_starts_without_their_libraries(
    name: str, aws: dict[str, str]
) -> None:
    """Its layers have none of them: one import anywhere on its path, and it never answers."""
    module = properties(name)["Handler"].removesuffix(".handler")
    missing = ("numpy", "pandas", "lap", "rapidfuzz", "xlsxwriter")
    blocked = "; ".join(f"sys.modules[{library!r}] = None" for library in missing)
    started = subprocess.run(
        [sys.executable, "-c", f"import sys; {blocked}; import {module}"],
        env=os.environ | aws | {"PYTHONPATH": os.pathsep.join(["layers/engine", "functions"])},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert started.returncode == 0, started.stderr


@each_function
def test_a_silent_call_ends_before_its_function_does(name: str) -> None:
    """Otherwise the gateway responds instead, and the log shows only a timeout."""
    function = properties(name)
    variables = function["Environment"]["Variables"]
    seconds = int(variables.get("CALL_SECONDS", Settings.call_seconds))
    attempts = int(variables.get("CALL_ATTEMPTS", Settings.call_attempts))
    pauses = sum(2**attempt for attempt in range(attempts - 1))
    assert attempts * (CONNECT_SECONDS + seconds) + pauses < function["Timeout"]


@each_function
def test_the_environment_is_text(name: str) -> None:
    """Or what CloudFormation makes a text of; a number ends the local cloud's interpreters."""
    for value in properties(name)["Environment"]["Variables"].values():
        assert isinstance(value, str | dict)
