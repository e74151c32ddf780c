"""Builds, derives the template that SAM serves, and replaces itself by `sam local start-api`."""

import argparse
import os
import platform
import sys
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from tools.local.cloud import Cloud
from tools.local.command import HOME, command
from tools.local.failure import StepFailed, run
from tools.local.stack import STACK_FILE, Stack
from tools.start_api import stacks
from tools.start_api.served import serve
from tools.template import ROOT

BUILT = ROOT / ".local" / "build" / "docker" / "out"
_ENVIRONMENTS = ROOT / ".local" / "env"
_SAM = _ENVIRONMENTS / "sam" / "bin" / "sam"
_MACHINES = {"x86_64": "x86_64", "amd64": "x86_64", "aarch64": "aarch64", "arm64": "aarch64"}


def build(machine: str) -> None:
    """`sam build` of the layers for Linux on this machine's processor. Raises StepFailed."""
    environment = {
        "SAM_CLI_TELEMETRY": "0",
        "UV": str(_ENVIRONMENTS / "uv" / "bin" / "uv"),
        "MACHINE": machine,
    }
    sam_build: list[str | Path] = [_SAM, "build", "--cached", "--build-dir", BUILT]
    sam_build += ["--cache-dir", BUILT.with_name("cache")]
    sam_build += ["--template-file", ROOT / "template.yaml"]
    run("sam build", sam_build, ROOT / ".local" / "logs" / "start-api-build.log", environment)


def write(environments: stacks.Environments, machine: str, endpoint: str | None) -> Path:
    """Writes the served template beside the built one, whose folders it names."""
    template = yaml.safe_load((BUILT / "template.yaml").read_text(encoding="utf-8"))
    architecture = "arm64" if machine == "aarch64" else machine
    serve(template, environments, architecture=architecture, endpoint=endpoint)
    target = BUILT / "served.yaml"
    target.unlink(missing_ok=True)
    target.touch(mode=0o600)
    target.write_text(yaml.safe_dump(template, sort_keys=False), encoding="utf-8")
    return target


def sam_command(template: Path, port: int, options: list[str], *, on_host: bool) -> list[str]:
    """SAM's command; with `on_host` its containers share this machine's network."""
    wrapper = [str(_SAM.with_name("python")), str(Path(__file__).with_name("on_host.py"))]
    return [
        *(wrapper if on_host else [str(_SAM)]),
        *("local", "start-api", "--template-file", str(template), "--port", str(port)),
        *("--config-file", str(ROOT / "samconfig.toml")),
        *("--layer-cache-basedir", str(BUILT.with_name("layers"))),
        *options,
    ]


def _machine() -> str:
    try:
        return _MACHINES[platform.machine().lower()]
    except KeyError:
        raise StepFailed(f"There is no Lambda for a {platform.machine()} processor.") from None


def _local_cloud(stack_file: Path) -> Cloud:
    port = urlsplit(Stack.read(stack_file).aws_endpoint).port
    assert port, "the address of a local cloud has one"  # noqa: S101
    return Cloud(HOME, port)


def main() -> None:
    parser = argparse.ArgumentParser(description="sam local start-api, on a stack's tables.")
    parser.add_argument("--port", type=int, default=3000)
    parser.add_argument("--stack", default="", help="a stack on AWS; without it, of `make up`")
    parser.add_argument("--stack-file", type=Path, default=STACK_FILE)
    parser.add_argument("options", nargs="*", help="of sam local start-api, after --")
    arguments = parser.parse_args()
    with command("make start-api"):
        machine = _machine()
        if arguments.stack:
            environments, endpoint = stacks.on_aws(arguments.stack), None
            environment = dict(os.environ)
        else:
            cloud = _local_cloud(arguments.stack_file)
            environments, endpoint = stacks.local(cloud), cloud.endpoint
            environment = {**stacks.shell_without_aws(), **cloud.credentials}
        build(machine)
        template = write(environments, machine, endpoint)
    called = sam_command(template, arguments.port, arguments.options, on_host=bool(endpoint))
    sys.stdout.flush()
    # In this process's place: an interrupt then reaches SAM, which takes its containers down.
    os.execve(called[0], called, {**environment, "SAM_CLI_TELEMETRY": "0"})  # noqa: S606


if __name__ == "__main__":
    main()
