"""The template reads as blocks: each function with all that is its own, in one order."""

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
    own = [function, f"{function}Permission", f"{noun}Role", f"{noun}Logs", f"{noun}Errors"]
    asked_by_the_api = own[1] in names
    expected = own if asked_by_the_api else [own[0], *own[2:]]
    assert names[: len(expected)] == expected


def test_every_block_of_a_function_holds_one() -> None:
    assert all(len(FUNCTIONS.keys() & set(names)) <= 1 for names in NAMES)


def test_the_stack_has_room() -> None:
    assert len(load()["Resources"]) + ADDED_BY_SAM * len(FUNCTIONS) < MOST_RESOURCES


def test_the_api_may_call_each_function_by_one_permission() -> None:
    permissions = resources("AWS::Lambda::Permission")
    api = [
        one["Properties"]["FunctionName"]["Ref"]
        for one in permissions.values()
        if one["Properties"]["Principal"] == "apigateway.amazonaws.com"
    ]
    asked = {
        found
        for methods in load()["Resources"]["Api"]["Properties"]["DefinitionBody"]["paths"].values()
        for operation in methods.values()
        for found in re.findall(r"\$\{(\w+\.Alias)\}", str(operation))
    }
    assert sorted(api) == sorted(asked)
