"""Shared by the commands: the local cloud's home directory, and exit handling."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tools.local.failure import StepFailed
from tools.template import ROOT

HOME = ROOT / ".local" / "cloud"


@contextmanager
def command(name: str) -> Iterator[None]:
    """Exits with 1 and one line on a StepFailed, and quietly when interrupted."""
    try:
        yield
    except StepFailed as failure:
        print(f"{name}: {failure}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
