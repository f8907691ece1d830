"""LibreOffice as a second reader of what is made, with the font of the project, whatever the machine has."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
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
# A macro of the profile needs nothing but LibreOffice itself.
_RESOLVE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Resolve(folder As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  Dim filter(0) As New com.sun.star.beans.PropertyValue
  filter(0).Name = "FilterName" : filter(0).Value = "MS Word 2007 XML"
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  For Each side In Array("Reject", "Accept")
    file = Dir(folder &amp; "given/*.docx")
    Do While file &lt;&gt; ""
      document = StarDesktop.loadComponentFromURL(folder &amp; "given/" &amp; file, "_blank", 0, hidden())
      dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:" &amp; side &amp; "AllTrackedChanges", "", 0, Array())
      document.storeToURL(folder &amp; side &amp; "/" &amp; file, filter())
      document.close(True)
      file = Dir()
    Loop
  Next side
  StarDesktop.terminate()
End Sub
</script:module>
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


def resolved(files: Sequence[Path], folder: Path) -> Mapping[str, tuple[Path, Path]]:
    """For the name of each Word file what LibreOffice makes of it when all changes are rejected, and when all are accepted."""
    start = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    # The first start makes the profile, with an empty module in it.
    command = [*start, "--terminate_after_init"]
    subprocess.run(command, check=True, capture_output=True, timeout=300, env=environment(folder))
    module = folder / "profile" / "user" / "basic" / "Standard" / "Module1.xba"
    module.write_text(_RESOLVE, encoding="utf-8")
    for name in ("given", "Reject", "Accept"):
        (folder / name).mkdir()
    for file in files:
        shutil.copy(file, folder / "given")
    command = [*start, f'macro:///Standard.Module1.Resolve("{folder.as_uri()}/")']
    subprocess.run(command, check=True, capture_output=True, timeout=300, env=environment(folder))
    return {file.name: (folder / "Reject" / file.name, folder / "Accept" / file.name) for file in files}


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
