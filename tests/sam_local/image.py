"""Builds an image like Lambda's for Python on this machine, without an image registry.

Its root holds Python, the C libraries that wheels may expect, a shell with what SAM's own build
step calls, Lambda's runtime client and boto3. SAM adds its emulator and the layers.
"""

import hashlib
import platform
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

import httpx

from tests.sam_local.machine import installed_python
from tools.local.failure import StepFailed, run
from tools.template import ROOT

NAME = "stockwarden-lambda-python"
_PROGRAMS = ("sh", "mv", "cp", "rm", "chmod")
# The libraries outside themselves that manylinux allows its wheels (PEP 600), less the desktop's.
_LIBRARIES = (
    *("libc", "libm", "libdl", "librt", "libpthread", "libutil", "libresolv"),
    *("libgcc_s", "libstdc++", "libz"),
)
# Modules of the standard library that no function imports.
_LEFT_OUT = ("test", "idlelib", "tkinter", "turtledemo", "ensurepip", "config-*", "*-packages")
_BOOTSTRAP = """#!/bin/sh
export PYTHONPATH=/var/task:/opt/python:/var/runtime
exec python3.13 -m awslambdaric "${_HANDLER:-$AWS_LAMBDA_FUNCTION_HANDLER}"
"""
_CONFIGURATION = (
    "ENV PATH=/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8 TZ=:UTC",
    "ENV LAMBDA_TASK_ROOT=/var/task LAMBDA_RUNTIME_DIR=/var/runtime",
    "WORKDIR /var/task",
)


def image(docker: httpx.Client, logs: Path) -> tuple[str, bool]:
    """(image name, whether it was built now); the daemon keeps it for the next run."""
    python = installed_python()
    name = f"{NAME}:{_fingerprint(python)}"
    if docker.get(f"/images/{name}/json").is_success:
        return name, False
    with tempfile.TemporaryDirectory(prefix="stockwarden-image-") as folder:
        root = Path(folder) / "root"
        if python:
            _copy(python, root)
        else:
            _bootstrap_debian(root, logs / "debootstrap.log")
        _add_runtime(root, logs / "runtime.log")
        archive = Path(folder) / "root.tar"
        run("tar", ["tar", "-C", root, "-cf", archive, "."], logs / "tar.log", {})
        _import(docker, archive, name)
    return name, True


def size_of(docker: httpx.Client, name: str) -> int:
    """The size of the image in bytes."""
    size: int = docker.get(f"/images/{name}/json").raise_for_status().json()["Size"]
    return size


def _fingerprint(python: Path | None) -> str:
    """The hash of everything the image is built from."""
    origin = f"{python} {platform.machine()}".encode()
    sources = [Path(__file__).read_bytes(), _pins().read_bytes()]
    return hashlib.sha256(origin + b"".join(sources)).hexdigest()[:16]


def _copy(python: Path, root: Path) -> None:
    """Copies an installed Python and the programs, with their shared libraries."""
    code = "import sysconfig; print(sysconfig.get_path('stdlib'))"
    library = Path(subprocess.check_output([python, "-c", code], text=True).strip())
    copied = root / "usr" / "local" / "lib" / "python3.13"
    shutil.copytree(library, copied, symlinks=False, ignore=shutil.ignore_patterns(*_LEFT_OUT))
    programs = [Path(executable) for name in _PROGRAMS if (executable := shutil.which(name))]
    for program in programs:
        _put(program, root / "bin" / program.name)
    _put(python, root / "usr" / "local" / "bin" / "python3.13")
    linked = [python, *programs, *library.glob("lib-dynload/*.so"), *_expected_libraries()]
    for file in {*_linked_to(linked), *_expected_libraries()}:
        _put(file, root / str(file).lstrip("/"))
    _put_accounts(root)


def _put(file: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(file, target, follow_symlinks=True)


def _put_accounts(root: Path) -> None:
    for folder in ("etc", "tmp", "var/task"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / "tmp").chmod(0o1777)
    (root / "etc" / "passwd").write_text("root:x:0:0:root:/root:/bin/sh\n", encoding="ascii")
    (root / "etc" / "group").write_text("root:x:0:\n", encoding="ascii")


def _linked_to(files: Iterable[Path]) -> set[Path]:
    """The shared libraries that the files are linked to, including the loader."""
    ldd = shutil.which("ldd") or "ldd"
    libraries: set[Path] = set()
    for file in files:
        output = subprocess.run([ldd, file], capture_output=True, text=True, check=False).stdout
        libraries |= {Path(path) for path in re.findall(r"(/\S+) \(0x", output)}
    return libraries


def _expected_libraries() -> list[Path]:
    cache = subprocess.check_output(["/sbin/ldconfig", "-p"], text=True)
    return [
        Path(path)
        for name, path in re.findall(r"^\t(\S+)\.so\.\d+ \([^)]*\) => (/\S+)$", cache, re.M)
        if name in _LIBRARIES
    ]


def _bootstrap_debian(root: Path, log: Path) -> None:
    """Builds the root from a minimal Debian with Python 3.13; slower, needs Debian's archive."""
    command = ["debootstrap", "--variant=minbase", "--include=python3", "trixie", root]
    run("debootstrap", command, log, {})


def _add_runtime(root: Path, log: Path) -> None:
    """Installs Lambda's runtime interface client and boto3 in the pinned versions."""
    runtime = root / "var" / "runtime"
    uv = ROOT / ".local" / "env" / "uv" / "bin" / "uv"
    command: list[str | Path] = [uv, "pip", "install", "--target", runtime]
    command += ["--only-binary", ":all:", "--constraint", _pins()]
    command += ["--python-platform", f"{platform.machine()}-manylinux_2_28"]
    command += ["--python-version", "3.13", "awslambdaric", "boto3"]
    run("uv pip install", command, log, {})
    (runtime / "bootstrap").write_text(_BOOTSTRAP, encoding="ascii")
    (runtime / "bootstrap").chmod(0o755)


def _pins() -> Path:
    return ROOT / "requirements" / "dev.txt"


def _import(docker: httpx.Client, archive: Path, name: str) -> None:
    repository, _, tag = name.partition(":")
    query = {"fromSrc": "-", "repo": repository, "tag": tag, "changes": list(_CONFIGURATION)}
    with archive.open("rb") as content:
        answer = docker.post(
            "/images/create",
            params=query,
            content=iter(lambda: content.read(1 << 20), b""),
            headers={"Content-Type": "application/x-tar"},
        )
    if not answer.is_success or "error" in answer.text:
        raise StepFailed(f"Docker does not take the image: {answer.text[:300]}")
