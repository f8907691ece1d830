"""LibreOffice as a second reader of what is made, with the font of the project, whatever the machine has."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.pages import ROOT

HAS_OFFICE = shutil.which("soffice") is not None

_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{fonts}</dir></fontconfig>
"""


def convert(file: Path, wanted: str, folder: Path) -> Path:
    """`file` in the format `wanted` (pdf, xlsx, …), written into `folder`.

    Without our own font the lines of a page would break elsewhere on every machine.
    """
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", wanted, "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=300, env=environment(folder))
    return folder / f"{file.stem}.{wanted}"


def environment(folder: Path) -> Mapping[str, str]:
    """The environment in which LibreOffice finds our font; `folder` takes its settings."""
    settings = folder / "fonts.conf"
    settings.write_text(_FONTS.format(fonts=ROOT / "fonts"), encoding="utf-8")
    return os.environ | {"FONTCONFIG_FILE": str(settings)}
