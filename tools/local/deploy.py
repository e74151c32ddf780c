"""Builds for this machine's Python and deploys the real template to the local cloud."""

import json
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools import page
from tools.local import aws, mail, slots
from tools.local.cloud import EXECUTABLE, Cloud
from tools.local.failure import StepFailed, run
from tools.release import fingerprint
from tools.template import ROOT, load, resources

STACK = "stockwarden"
# SAM keeps what it remembers of the sources in the folder above, which no other build may share.
BUILD = ROOT / ".local" / "build" / "host" / "out"
# Jobs at work at once: as few as a stack may have.
SLOTS = 2
# Pages of the same machine that may call the API, to try a page of another origin.
OTHER_ORIGINS = ("http://localhost:5173", "http://127.0.0.1:5173")
_ENVIRONMENTS = ROOT / ".local" / "env"
_SAM = _ENVIRONMENTS / "sam" / "bin" / "sam"
_UV = _ENVIRONMENTS / "uv" / "bin" / "uv"
_START_SECONDS = 90


@dataclass(frozen=True)
class Deployed:
    """The addresses and names of a deployed stack."""

    app_url: str
    api_url: str
    bucket: str
    outputs: dict[str, str]


def deploy(cloud: Cloud) -> bool:
    """Updates the stack; returns False if it was up to date. Raises StepFailed."""
    parameters = _parameters(cloud)
    stamp = cloud.home / "deployed"
    current = fingerprint(json.dumps([parameters, sys.version], sort_keys=True))
    if stamp.exists() and stamp.read_text(encoding="ascii") == current:
        return False
    stamp.unlink(missing_ok=True)
    build(cloud.home / "logs" / "build.log")
    parameters["Release"] = current[:20]
    run("sam deploy", _deploy_command(parameters), cloud.home / "logs" / "deploy.log", _sam(cloud))
    _require_started(cloud)
    outputs = aws.outputs(cloud, STACK)
    _put_gateway_responses(cloud, outputs["ApiId"])
    slots.add(cloud, outputs, SLOTS)
    mail.let_send(cloud, STACK)
    with closing(aws.client(cloud, "s3")) as s3:
        page.publish(s3, outputs["WebBucketName"])
    stamp.write_text(current, encoding="ascii")
    return True


def build(log: Path) -> None:
    """`sam build` for the interpreter that the local cloud runs functions on."""
    environment = {
        "SAM_CLI_TELEMETRY": "0",
        "UV": str(_UV),
        "HOST_PYTHON": str(EXECUTABLE.with_name("python")),
    }
    command: list[str | Path] = [_SAM, "build", "--cached", "--build-dir", BUILD]
    command += ["--cache-dir", BUILD.with_name("cache")]
    command += ["--template-file", ROOT / "template.yaml"]
    run("sam build", command, log, environment)


def located(cloud: Cloud) -> Deployed:
    outputs = aws.outputs(cloud, STACK)
    label = outputs["DistributionDomain"].split(".")[0]
    return Deployed(
        app_url=f"http://{label}.cloudfront.localhost:{cloud.port}",
        # By the gateway's own address, because not every client resolves names in .localhost.
        api_url=f"{cloud.endpoint}{_gateway_path(outputs['ApiId'])}/api/v1",
        bucket=outputs["BucketName"],
        outputs=outputs,
    )


def _stage() -> str:
    stage: str = load()["Parameters"]["StageName"]["Default"]
    return stage


def _gateway_path(api: str) -> str:
    return f"/_aws/execute-api/{api}/{_stage()}"


def _parameters(cloud: Cloud) -> dict[str, str]:
    """All parameters that differ from AWS; a stack keeps those of its last deploy."""
    return {
        "TlsOnly": "false",
        "DeletionProtection": "false",
        "ApiOriginDomain": "localhost",
        "ApiOriginPort": str(cloud.port),
        "ApiOriginPathPrefix": "/_aws/execute-api",
        "MailSender": mail.SENDER,
        "Registration": "open",
        "CorsOrigins": ",".join(OTHER_ORIGINS),
        # Tests and benchmarks come faster than people.
        "RequestsPerSecond": "1000",
        "RequestBurst": "2000",
        "AnalysisSlots": str(SLOTS),
    }


def _deploy_command(parameters: dict[str, str]) -> list[str | Path]:
    return [
        _SAM,
        "deploy",
        "--template-file",
        BUILD / "template.yaml",
        "--stack-name",
        STACK,
        "--resolve-s3",
        "--capabilities",
        "CAPABILITY_IAM",
        "--no-confirm-changeset",
        "--no-fail-on-empty-changeset",
        "--no-progressbar",
        "--parameter-overrides",
        " ".join(f"{name}={value}" for name, value in parameters.items()),
    ]


def _sam(cloud: Cloud) -> dict[str, str]:
    return {**cloud.credentials, "SAM_CLI_TELEMETRY": "0", "SAM_CLI_POLL_DELAY": "1"}


def _require_started(cloud: Cloud) -> None:
    """Wait until every function has started once; a broken import shows here, not on first use."""
    until = time.monotonic() + _START_SECONDS
    with closing(aws.client(cloud, "lambda")) as functions:
        for function in functions.list_functions()["Functions"]:
            name = function["FunctionName"]
            live = functions.get_function_configuration(FunctionName=name, Qualifier="live")
            while live["State"] != "Active":
                if live["State"] == "Failed" or time.monotonic() > until:
                    reason = live.get("StateReason", live["State"])
                    raise StepFailed(f"{name} does not start ({reason}); see {cloud.log}.")
                time.sleep(0.2)
                live = functions.get_function_configuration(FunctionName=name, Qualifier="live")


def _put_gateway_responses(cloud: Cloud, api: str) -> None:
    """Puts the template's GatewayResponses, which the local cloud does not read itself."""
    with closing(aws.client(cloud, "apigateway")) as gateway:
        for kind, answer in _gateway_responses().items():
            headers = answer["ResponseParameters"]["Headers"]
            gateway.put_gateway_response(
                restApiId=api,
                responseType=kind,
                statusCode=str(answer["StatusCode"]),
                responseParameters={
                    f"gatewayresponse.header.{name}": value for name, value in headers.items()
                },
                responseTemplates=answer["ResponseTemplates"],
            )
        gateway.create_deployment(restApiId=api, stageName=_stage())


def _gateway_responses() -> dict[str, Any]:
    (api,) = resources("AWS::Serverless::Api").values()
    responses: dict[str, Any] = api["Properties"]["GatewayResponses"]
    return responses
