"""The record of a mistake of ours: what a programmer needs to find it."""

from __future__ import annotations

import os
import platform
import shlex
import sys
import tempfile
import traceback
from importlib.metadata import distributions

from handouts import __version__


def write_report(error: BaseException) -> str:
    """Writes the record into the folder for temporary files; returns its path, raises OSError where that fails."""
    folder = tempfile.gettempdir()
    if os.path.samefile(folder, os.getcwd()):  # where there is no such folder, and so among the user's files
        raise FileNotFoundError(folder)
    handle, path = tempfile.mkstemp(".txt", "handouts-", folder)
    with open(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write(report_text(error))
    return path


def report_text(error: BaseException) -> str:
    """The command, the versions of everything, and the traceback."""
    libraries = sorted({f"{library.name} {library.version}" for library in distributions()})
    return "\n".join(
        (
            shlex.join(sys.argv),
            f"handouts {__version__}, Python {sys.version}, {platform.platform()}",
            ", ".join(libraries),
            "",
            "".join(traceback.format_exception(error)),
        )
    )
