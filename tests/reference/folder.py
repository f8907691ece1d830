"""The folder of public documents that some tests compare with; they are skipped where it is absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
REFERENCE = Path(os.environ.get("HANDOUTS_REFERENCE", ROOT.parent / "shared")).resolve()

CASES = REFERENCE / "cases"

needs_reference = pytest.mark.skipif(
    not (REFERENCE / "figures").is_dir(),
    reason="the folder of public documents (HANDOUTS_REFERENCE) is not here",
)
needs_cases = pytest.mark.skipif(
    not CASES.is_dir(), reason="the folder of inputs that went wrong (HANDOUTS_REFERENCE) is not here"
)
