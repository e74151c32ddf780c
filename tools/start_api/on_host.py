"""The SAM CLI with containers that share this machine's network; run by SAM's own Python.

The local cloud listens on the loopback address alone, which a container with a network of its own
cannot reach, and SAM's `--docker-network host` gives each container the same two ports. So each
gets the host's network and two free ports of it: SAM calls one, the runtime inside the other.
"""

import socket
from typing import Any

from docker.models.containers import ContainerCollection
from samcli.cli.main import cli
from samcli.local.docker.container import Container, ContainerContext

_EMULATOR = "aws-lambda-rie"
_LOOPBACK = "127.0.0.1"
_create = Container.create
_create_by_docker = ContainerCollection.create


def _create_on_host(container: Any, context: ContainerContext) -> str:
    """Replaces Container.create for functions, not for SAM's build containers."""
    if any(_EMULATOR in part for part in container._entrypoint or []):
        container.rapid_port_host, runtime_port = _free_ports(2)
        container._entrypoint = [
            *container._entrypoint,
            *("--runtime-interface-emulator-address", f"{_LOOPBACK}:{container.rapid_port_host}"),
            *("--runtime-api-address", f"{_LOOPBACK}:{runtime_port}"),
        ]
        container._container_opts = {**(container._container_opts or {}), "network_mode": "host"}
    created: str = _create(container, context)
    return created


def _create_without_published_ports(containers: Any, image: str, **options: Any) -> Any:
    """Replaces Docker's method: on the host's network no ports are published."""
    if options.get("network_mode") == "host":
        options.pop("ports", None)
    return _create_by_docker(containers, image, **options)


def _free_ports(count: int) -> list[int]:
    probes = [socket.create_server((_LOOPBACK, 0)) for _ in range(count)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


if __name__ == "__main__":
    Container.create = _create_on_host
    ContainerCollection.create = _create_without_published_ports
    cli(prog_name="sam")
