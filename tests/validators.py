"""Two validators of Office files: openxml-audit, and the one of Microsoft's Open XML SDK where node has brought it."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

from openxml_audit import OpenXmlValidator

from tests.pages import ROOT

# Installed by `make test`; the version is pinned in the Makefile.
SDK = ROOT / ".venv" / "office-validator" / "node_modules" / ".bin" / "ooxml-validator"
HAS_SDK = SDK.exists()


def faults_by_audit(content: bytes, suffix: str) -> list[str]:
    """What openxml-audit finds wrong with an Office file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"file{suffix}"
        path.write_bytes(content)
        return [str(error.description) for error in OpenXmlValidator().validate(str(path)).errors]


def faults_by_sdk(content: bytes, suffix: str) -> list[str]:
    """What Microsoft's validator finds wrong with an Office file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"file{suffix}"
        path.write_bytes(content)
        run = subprocess.run([str(SDK), str(path)], capture_output=True, text=True, timeout=120)
        assert run.returncode in (0, 1), run.stderr
        return [str(error) for error in json.loads(run.stdout)["errors"]]
