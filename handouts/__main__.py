"""The program as a process: `python -m handouts` and the installed script begin here."""

from __future__ import annotations

import os


def main() -> None:
    """Runs the command line; the process ends with its exit code."""
    try:
        from handouts.interruption import end_on_signals

        end_on_signals()
    except KeyboardInterrupt:  # before that
        os._exit(130)
    from handouts.commands.program import run

    run()


if __name__ == "__main__":
    main()
