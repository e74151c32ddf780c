"""Whether what stands behind us answers."""

from collections.abc import Callable, Mapping

from stockwarden.core.errors import Unavailable


def failing(probes: Mapping[str, Callable[[], object]]) -> list[str]:
    """The names of those probes that AWS refuses or does not answer, in the order given."""
    from botocore.exceptions import BotoCoreError, ClientError

    found = []
    for name, probe in probes.items():
        try:
            probe()
        except (BotoCoreError, ClientError, Unavailable):
            found.append(name)
    return found
