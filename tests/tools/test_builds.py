"""Each build target has its own cache of source hashes."""

import re
from pathlib import Path

from tools.local import deploy
from tools.start_api import __main__ as start_api
from tools.template import ROOT


def test_no_two_builds_share_what_sam_remembers() -> None:
    """`sam build --cached` keeps the sources' hashes in the folder above its `--build-dir`: shared,
    a build for one target makes the next for another take its old layers for new."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    built = [ROOT / folder for folder in re.findall(r"--build-dir (\S+)", makefile)]
    assert built, "make deploy builds for AWS"
    remembered = [Path(folder).parent for folder in (*built, deploy.BUILD, start_api.BUILT)]
    assert len(set(remembered)) == len(remembered)
