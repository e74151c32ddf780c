"""The hash of everything that is deployed: `python -m tools.release [PARAMETERS]` prints it.

A function's version, and so what the alias `live` serves, changes only when this does: Lambda
itself does not look into layers and parameters.
"""

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.template import ROOT

_SOURCES = ("template.yaml", "functions", "layers", "docs/openapi.json", "web/dist")


def fingerprint(circumstances: str) -> str:
    """A hash that changes with any deployed file and with `circumstances` (parameters)."""
    digest = hashlib.sha256(circumstances.encode())
    for path in _source_files():
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _source_files() -> Iterator[Path]:
    for name in _SOURCES:
        source = ROOT / name
        paths = sorted(source.rglob("*")) if source.is_dir() else [source]
        yield from (path for path in paths if path.is_file() and path.suffix != ".pyc")


if __name__ == "__main__":
    print(fingerprint(" ".join(sys.argv[1:]))[:20])
