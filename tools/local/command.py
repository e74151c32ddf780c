"""What the commands share: the home of the cloud they act on, and how they end."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tools.local.failure import StepFailed
from tools.template import ROOT

HOME = ROOT / ".local" / "cloud"


@contextmanager
def command(name: str) -> Iterator[None]:
    """Exit with 1 and one line on a StepFailed, and quietly when interrupted."""
    try:
        yield
    except StepFailed as failure:
        print(f"{name}: {failure}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
