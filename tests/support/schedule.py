"""Assigns tests to workers (pytest-xdist)."""

from xdist.scheduler import LoadScopeScheduling


class ByFile(LoadScopeScheduling):
    """Keeps a file's tests together, and all end-to-end tests, which share one local cloud."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return "tests/e2e" if file.startswith("tests/e2e/") else file
