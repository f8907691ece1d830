"""Runs the program again and again, each time with a trouble of its own, in forks of one process.

It has loaded nothing of the program but the modules named as arguments. Takes a list of troubles as JSON on standard input, and gives what came of each on standard output.
"""

from __future__ import annotations

import importlib
import json
import os
import runpy
import signal
import sys
from typing import Any

COUNTED = ("import", "open", "os.rename")


def main() -> None:
    """Runs each case, and prints its exit code and what it wrote to standard error."""
    for name in sys.argv[1:]:
        importlib.import_module(name)
    for case in json.load(sys.stdin):
        read, write = os.pipe()
        child = os.fork()
        if not child:
            os.dup2(write, 2)
            os.close(write)
            begin(case)  # ends as a program does, with all that Python does then
        os.close(write)
        with open(read, encoding="utf-8") as errors:
            said = errors.read()
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(json.dumps({"code": code, "said": said}) + "\n")
        sys.stdout.flush()  # or the next fork would write it too


def begin(case: dict[str, Any]) -> None:
    """Makes the trouble and runs the program."""
    sys.argv = ["handouts", *case["args"]]
    {"full": full, "pipe": unread, "closed": closed, "": silent}[case.get("output", "")]()
    exec(case.get("first", ""))
    if "signal" in case:
        sys.addaudithook(at_event(case["event"], case["signal"]))
    runpy.run_module("handouts", run_name="__main__", alter_sys=True)


def at_event(number: int | str, name: str) -> Any:
    """Sends the signal at the event of this number after the first line of the program, or at the first of this name."""
    count = -1

    def watch(event: str, args: tuple[object, ...]) -> None:
        nonlocal count
        if event == "exec" and getattr(args[0], "co_filename", "").endswith("__main__.py"):
            count = 0
        if count >= 0 and event in COUNTED:
            count += 1
            if number in (count, event):
                count = -1
                signal.raise_signal(getattr(signal, name))

    return watch


def silent() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def full() -> None:
    os.dup2(os.open("/dev/full", os.O_WRONLY), 1)


def unread() -> None:
    read, write = os.pipe()
    os.dup2(write, 1)
    os.close(read)
    os.close(write)


def closed() -> None:
    for stream in (0, 1):
        os.close(stream)
    sys.stdin = sys.stdout = None  # type: ignore[assignment]


if __name__ == "__main__":
    main()
