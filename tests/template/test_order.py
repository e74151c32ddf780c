"""The template's blocks: each function with its own resources, in a fixed order."""

import re

import pytest

from tools.template import ROOT, load, resources

TEXT = (ROOT / "template.yaml").read_text(encoding="utf-8")
BLOCKS = re.split(r"^  # ---- .* ----$", TEXT, flags=re.MULTILINE)
NAMES = [re.findall(r"^  (\w+):$", block, flags=re.MULTILINE) for block in BLOCKS]
FUNCTIONS = resources("AWS::Serverless::Function")
# CloudFormation takes 500; SAM adds a version and an alias for each function.
MOST_RESOURCES = 480
ADDED_BY_SAM = 2


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_stands_with_its_permission_role_logs_and_alarm(function: str) -> None:
    (names,) = (names for names in NAMES if function in names)
    noun = function.removesuffix("Function")
    expected_names = [
        function,
        f"{function}Permission",
        f"{noun}Role",
        f"{noun}Logs",
        f"{noun}Errors",
    ]
    asked_by_the_api = expected_names[1] in names
    expected = expected_names if asked_by_the_api else [expected_names[0], *expected_names[2:]]
    assert names[: len(expected)] == expected


def test_every_block_of_a_function_holds_one() -> None:
    assert all(len(FUNCTIONS.keys() & set(names)) <= 1 for names in NAMES)


def test_the_stack_has_room() -> None:
    assert len(load()["Resources"]) + ADDED_BY_SAM * len(FUNCTIONS) < MOST_RESOURCES


def test_the_api_may_call_each_function_by_one_permission() -> None:
    permissions = resources("AWS::Lambda::Permission")
    api = [
        permission["Properties"]["FunctionName"]["Ref"]
        for permission in permissions.values()
        if permission["Properties"]["Principal"] == "apigateway.amazonaws.com"
    ]
    called = {
        alias
        for methods in load()["Resources"]["Api"]["Properties"]["DefinitionBody"]["paths"].values()
        for operation in methods.values()
        for alias in re.findall(r"\$\{(\w+\.Alias)\}", str(operation))
    }
    assert sorted(api) == sorted(called)
