"""LibreOffice as a second reader of what is made, with the font of the project, whatever the machine has."""

from __future__ import annotations

import csv
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


# LibreOffice trusts the results that a workbook brings along, unless it is told to compute them itself.
_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
# Fields parted by commas, texts in quotes, UTF-8, cells as they are shown, every sheet.
_AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"


def convert(file: Path, wanted: str, folder: Path) -> Path:
    """`file` in the format `wanted` (pdf, xlsx, …), written into `folder`.

    Without our own font the lines of a page would break elsewhere on every machine.
    """
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", wanted, "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=300, env=environment(folder))
    return folder / f"{file.stem}.{wanted.partition(':')[0]}"


def recalculated(file: Path, folder: Path) -> Path:
    """The workbook with every formula computed anew, written into `folder`."""
    settings = folder / "profile" / "user"
    settings.mkdir(parents=True)
    (settings / "registrymodifications.xcu").write_text(_RECALCULATE, encoding="utf-8")
    return convert(file, "xlsx:Calc MS Excel 2007 XML", folder)


def sheets_as_shown(file: Path, folder: Path) -> Mapping[str, list[list[str]]]:
    """What the cells of each sheet of a workbook show, row by row."""
    convert(file, _AS_SHOWN, folder)
    found = {}
    for path in folder.glob(f"{file.stem}-*.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            found[path.stem.removeprefix(f"{file.stem}-")] = list(csv.reader(lines))
    return found


def environment(folder: Path) -> Mapping[str, str]:
    """The environment in which LibreOffice finds our font; `folder` takes its settings."""
    settings = folder / "fonts.conf"
    settings.write_text(_FONTS.format(fonts=ROOT / "fonts"), encoding="utf-8")
    return os.environ | {"FONTCONFIG_FILE": str(settings)}
