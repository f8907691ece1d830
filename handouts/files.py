"""The only writer of files: each to a temporary file beside its target, then all renamed."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from handouts.findings import HandoutError
from handouts.interruption import unbroken

# What Windows does not take in a file name.
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_LONGEST = 80  # characters; three bytes each must stay under the 255 bytes of a name


def file_name(text: str) -> str:
    """`text` as a file name for Windows, macOS and Linux: no blanks, no forbidden characters, not too long."""
    plain = _FORBIDDEN.sub("・", re.sub(r"\s+", "", text)).strip(".")
    return plain[:_LONGEST] or "資料"


@unbroken()
def write_files(folder: Path, contents: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Writes all of `contents` (name to bytes) into `folder`, or nothing; returns their paths.

    A run that fails or is killed leaves the files of the run before as they were.
    """
    temporary: dict[Path, Path] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            temporary[folder / name] = _write_temporary(folder, content)
        for target, source in temporary.items():
            os.replace(source, target)
    except OSError as error:
        raise HandoutError(_explain(folder, error)) from None
    finally:
        for source in temporary.values():
            source.unlink(missing_ok=True)
    return tuple(temporary)


def _write_temporary(folder: Path, content: bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=folder)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.chmod(name, 0o644)
    return Path(name)


def _explain(folder: Path, error: OSError) -> str:
    where = error.filename2 or error.filename or folder
    if isinstance(error, PermissionError):
        return f"{where}: 書き込めません。ファイルを Word などで開いていれば閉じ、フォルダーの権限を確かめてください。"
    if isinstance(error, (FileExistsError, NotADirectoryError, IsADirectoryError)):
        return f"{where}: 書き込めません。同じ名前の、別のファイルかフォルダーがあります。名前を変えるか、消してください。"
    if error.errno == errno.ENOSPC:
        return f"{where}: 書き込めません。保存先の空き容量がありません。"
    return f"{where}: 書き込めません。保存先を確かめてください。"
