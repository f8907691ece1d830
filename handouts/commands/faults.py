"""How the command line shows what the user can mend: all of it, without a traceback, with exit code 1."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from handouts.characters import composed
from handouts.commands.japanese import WRONG_USAGE, JapaneseGroup
from handouts.commands.terminal import Colour, fitted, say
from handouts.dataset.stored import as_stored
from handouts.findings import SEVERITIES, DataFaults, Finding, HandoutError, Severity

# As a Japanese keyboard or Word gives them.
_WIDE_DASHES = re.compile(r"^[－ー—–−‐]{1,2}(?=[A-Za-zＡ-Ｚａ-ｚ])")
_COLOURS: Mapping[Severity, Colour] = {"error": "red", "warning": "yellow"}
_REASONS = {
    errno.EACCES: "許されていません。フォルダーとファイルの権限を確かめてください",
    errno.EPERM: "許されていません。フォルダーとファイルの権限を確かめてください",
    errno.ENAMETOOLONG: "名前が長すぎます",
    errno.ENOENT: "見つかりません",
    errno.ENOSPC: "空き容量がありません",
}


class Commands(JapaneseGroup):
    """The group of all commands: what one of them returns is the exit code."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Takes the arguments apart; refuses what is no text, such as the bytes of a name in another encoding."""
        args = [_WIDE_DASHES.sub("--", argument) for argument in args]
        for argument in args:
            if any("\ud800" <= character <= "\udfff" for character in argument):
                ctx.fail(
                    f"「{click.format_filename(argument)}」は、文字として読めません。名前を付け直してください。"
                )
        return super().parse_args(ctx, list(map(_as_meant, args)))

    def make_context(self, *args: Any, **settings: Any) -> click.Context:
        """The context of a call; what is wrong with it fits the terminal."""
        with _fitted_usage_errors():
            return super().make_context(*args, **settings)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; what the user can mend is shown and gives the exit code 1."""
        try:
            _check_working_folder()
            with _fitted_usage_errors():
                ctx.exit(super().invoke(ctx) or 0)
        except DataFaults as faults:
            show_findings(faults.findings)
        except HandoutError as error:
            say(str(error), SEVERITIES["error"], "red", err=True)
        except OSError as error:
            if error.filename is None:  # no file of the user's
                raise
            say(f"{error.filename}: {reason(error)}。", SEVERITIES["error"], "red", err=True)
        ctx.exit(1)


def _as_meant(argument: str) -> str:
    """An argument with its kana in one piece, but for the names of files as they stand on the disk."""
    if argument.isascii() or os.path.lexists(argument):
        return argument
    return str(as_stored(Path(argument))) if str(Path(argument)) == argument else composed(argument)


@contextmanager
def _fitted_usage_errors() -> Iterator[None]:
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise  # a page of help
    except click.UsageError as error:
        message = fitted(error.format_message(), sys.stderr, f"{WRONG_USAGE} ")
        raise click.UsageError(message, error.ctx) from None


def show_findings(findings: Sequence[Finding], is_error_output: bool = True, with_ids: bool = False) -> None:
    """Prints one line for each finding; `with_ids` behind it by what it can be silenced."""
    for finding in findings:
        ids = f"［{' '.join(filter(None, (finding.rule.id, finding.place.ref)))}］" if with_ids else ""
        colour = _COLOURS[finding.severity]
        say(f"{finding}{ids}", SEVERITIES[finding.severity], colour, err=is_error_output)


def reason(error: OSError) -> str:
    """What the system says that it cannot do, in Japanese."""
    return _REASONS.get(error.errno or 0, f"読み書きできません（エラー番号 {error.errno}）")


def _check_working_folder() -> None:
    try:
        os.getcwd()
    except OSError:
        raise HandoutError(
            "作業しているフォルダーがなくなっています。あるフォルダーに移ってから、もう一度実行してください。"
        ) from None
