"""Readiness probes of the services that the API depends on."""

from collections.abc import Callable, Mapping

from stockwarden.core.errors import Unavailable


def failing(probes: Mapping[str, Callable[[], object]]) -> list[str]:
    """The names of those probes that AWS refuses or does not answer, in the order given."""
    from botocore.exceptions import BotoCoreError, ClientError

    failures = []
    for name, probe in probes.items():
        try:
            probe()
        except (BotoCoreError, ClientError, Unavailable):
            failures.append(name)
    return failures
