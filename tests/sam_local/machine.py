"""Whether a Docker daemon can run on this machine: `python -m tests.sam_local.machine` says so.

Exit code 0, or 69 (the service is unavailable) with one line that names what is missing.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.sam_local.daemon import daemon
from tools.local.failure import StepFailed
from tools.template import ROOT

# Kept for the next run.
HOME = ROOT / ".local" / "sam-local"
_UNAVAILABLE = 69
_PROGRAMS = ("dockerd", "containerd", "runc")
_VERSION = "3.13"


def missing() -> str | None:
    """The missing prerequisite of the daemon or image, with its remedy; None if complete."""
    if sys.platform != "linux":
        return "its containers share the machine's network, which Docker does on Linux alone"
    if os.geteuid() != 0:
        return "a Docker daemon is started by root alone; run it as root"
    absent = [program for program in _PROGRAMS if shutil.which(program) is None]
    if absent:
        names = ", ".join(absent)
        return f"no {names} (Debian: apt-get install --no-install-recommends docker.io)"
    if installed_python() is None and shutil.which("debootstrap") is None:
        return (
            f"no Python {_VERSION} to make the image from: set PYTHON_313 to one, "
            "or apt-get install debootstrap"
        )
    return None


def installed_python() -> Path | None:
    """An installed Python 3.13: from the variable PYTHON_313, PATH, or pyenv."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    candidates = [
        os.environ.get("PYTHON_313"),
        shutil.which(f"python{_VERSION}"),
        *sorted(pyenv.glob(f"versions/{_VERSION}*/bin/python{_VERSION}"), reverse=True),
    ]
    for candidate in candidates:
        if candidate and (interpreter := _executable(Path(candidate))):
            return interpreter
    return None


def _executable(python: Path) -> Path | None:
    """The interpreter's real path, without links and shims; None if it is not Python 3.13."""
    code = "import os, sys; print(*sys.version_info[:2], os.path.realpath(sys.executable))"
    try:
        process = subprocess.run(
            [python, "-c", code], capture_output=True, text=True, check=False, timeout=60
        )
    except OSError:
        return None
    major, minor, *path = process.stdout.split(maxsplit=2) or ["", ""]
    return Path(path[0].strip()) if f"{major}.{minor}" == _VERSION and path else None


def main() -> int:
    reason = missing()
    if reason is None:
        try:
            # Being installed is not enough: containers and old kernels often refuse it.
            with daemon(HOME / "docker"):
                return 0
        except StepFailed as failure:
            reason = str(failure)
    sys.stderr.write(f"make test-sam-local cannot run here: {reason.rstrip('.')}.\n")
    return _UNAVAILABLE


if __name__ == "__main__":
    sys.exit(main())
