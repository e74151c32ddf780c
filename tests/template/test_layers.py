"""Built layers: small enough for Lambda and complete without this machine's packages."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.template import ROOT

MEGABYTE = 2**20
# botocore and what it needs come with Lambda's runtime, and are imported with the first call.
IMPORTS = """
import sys
sys.path[:0] = sys.argv[2:]
import importlib
importlib.import_module(sys.argv[1])
"""


def uv() -> str:
    installed = ROOT / ".local" / "env" / "uv" / "bin" / "uv"
    executable = str(installed) if installed.exists() else shutil.which("uv")
    if not executable:
        pytest.fail("uv is missing; run `make install`")
    return executable


def build(layer: str, target: Path, **variables: str) -> Path:
    """Runs the layer's make target as `sam build` does; returns the folder for /opt/python."""
    command = ["make", "-C", ROOT / "layers" / layer, f"build-{layer.title()}Layer"]
    names = {"UV": uv(), "ARTIFACTS_DIR": str(target), **variables}
    settings = [f"{name}={value}" for name, value in names.items()]
    process = subprocess.run([*command, *settings], capture_output=True, text=True, check=False)
    assert process.returncode == 0, process.stderr
    return target / "python"


def size(folder: Path) -> float:
    """The unzipped size in MB as Lambda counts them."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / MEGABYTE


@pytest.fixture(scope="module")
def for_aws(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    target = tmp_path_factory.mktemp("aws")
    return {layer: build(layer, target / layer) for layer in ("engine", "dataframe")}


@pytest.fixture(scope="module")
def for_host(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    target = tmp_path_factory.mktemp("host")
    return {
        layer: build(layer, target / layer, HOST_PYTHON=sys.executable)
        for layer in ("engine", "dataframe")
    }


def test_built_for_arm64_and_python_3_13(for_aws: dict[str, Path]) -> None:
    for layer in for_aws.values():
        libraries = [path.name for path in layer.rglob("*.so") if ".cpython-" in path.name]
        assert libraries
        assert all("cpython-313-aarch64" in name for name in libraries)


def test_an_http_function_with_its_layer_is_small(for_aws: dict[str, Path]) -> None:
    assert size(for_aws["engine"]) + size(ROOT / "functions") <= 30


def test_the_analysis_fits_into_lambda(for_aws: dict[str, Path]) -> None:
    assert sum(map(size, for_aws.values())) + size(ROOT / "functions") < 250


@pytest.mark.parametrize(
    ("module", "layers"),
    [
        ("authorizer.app", ["engine"]),
        ("auth.app", ["engine"]),
        ("catalog.app", ["engine"]),
        ("warehouses.app", ["engine"]),
        ("reports.app", ["engine"]),
        ("anomalies.app", ["engine"]),
        ("sweep.app", ["engine"]),
        ("rules.app", ["engine"]),
        ("backtest.app", ["engine", "dataframe"]),
        ("analysis.app", ["engine", "dataframe"]),
        ("stockwarden.analysis.pipeline", ["engine", "dataframe"]),
        ("stockwarden.detection.detectors", ["engine", "dataframe"]),
    ],
)
def test_layers_hold_all_that_is_imported(
    for_host: dict[str, Path], module: str, layers: list[str]
) -> None:
    paths = [*(str(for_host[layer]) for layer in layers), str(ROOT / "functions")]
    process = subprocess.run(
        [sys.executable, "-I", "-S", "-c", IMPORTS, module, *paths],
        env={**os.environ, "POWERTOOLS_METRICS_NAMESPACE": "Stockwarden"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0, process.stderr
