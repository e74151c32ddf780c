"""Commands for developers and operators, run from a checkout: `python -m tools.<name>`."""

import sys
from pathlib import Path

# The engine and the functions are used as they stand here; nothing of ours is installed.
_ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(_ROOT / "layers" / "engine"), str(_ROOT / "functions")]
