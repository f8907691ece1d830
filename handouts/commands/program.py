"""The command line as a process: its streams and their encoding, and what is said where we made a mistake."""

from __future__ import annotations

import atexit
import errno
import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import NoReturn

_WRONG = 70  # exit code of a mistake of ours, as sysexits.h numbers it
_LOST = {errno.ENOSPC, errno.EIO, errno.EBADF, errno.EFBIG}


def run() -> NoReturn:
    """Runs the command line; ends with an exit code and in Japanese, whatever happens."""
    _encode_japanese()
    _open_streams()
    try:
        from handouts.commands.main import main

        main(prog_name="handouts")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    except Exception as error:
        code = _explain(error)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    # Python would take apart all that was read, one by one: a tenth of a short run.
    atexit._run_exitfuncs()
    os._exit(code)


def _encode_japanese() -> None:
    """Starts the program anew in UTF-8 where the language of the computer cannot even name our files."""
    try:
        "資料".encode(sys.getfilesystemencoding())
    except UnicodeEncodeError:
        if os.environ.get("PYTHONUTF8") != "1":
            os.environ["PYTHONUTF8"] = "1"
            os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


def _open_streams() -> None:
    """Opens the standard streams that were closed, and lets the others take every character."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            # The lowest number free is that of the stream: no file of ours may come to have it.
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))
        elif mode == "w" and isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _explain(error: Exception) -> int:
    """Says on standard error what happened; returns the exit code."""
    if isinstance(error, OSError) and error.errno in _LOST and error.filename is None:
        text, code = "表示を書き出せません。書き出す先の空き容量と設定を確かめてください。", 1
    elif isinstance(error, MemoryError) or getattr(error, "errno", None) == errno.ENOMEM:
        text, code = "メモリーが足りません。ほかのソフトを閉じて、もう一度実行してください。", 1
    else:
        text, code = f"プログラムの誤りで止まりました（{type(error).__name__}）。{_report(error)}", _WRONG
    with suppress(OSError):
        sys.stderr.write(f"誤り {text}\n")
    return code


def _report(error: Exception) -> str:
    """Where the record of a mistake stands, in a sentence."""
    from handouts.commands.report import write_report

    try:
        path = write_report(error)
    except OSError:
        return "その記録も書けませんでした。何をしたときのことかを、プログラムの担当者に知らせてください。"
    return f"記録を {path} に書きました。人に見せられない語がないか確かめて、プログラムの担当者に渡してください。"
