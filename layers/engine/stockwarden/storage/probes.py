"""Readiness probes of the services that the API depends on."""

from collections.abc import Callable, Mapping

from stockwarden.core.errors import Unavailable


def list_failing(probes: Mapping[str, Callable[[], object]]) -> list[str]:
    """The names of the failing probes (refused or unanswered by AWS), in order."""
    from botocore.exceptions import BotoCoreError, ClientError

    failures = []
    for name, probe in probes.items():
        try:
            probe()
        except (BotoCoreError, ClientError, Unavailable):
            failures.append(name)
    return failures
