"""click in Japanese: its headings of the help and its messages about wrong usage."""

from __future__ import annotations

import inspect
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

import click

_WIDTH = 76  # half widths of a line of help
_BEHIND = "、。）」』…ー・っゃゅょッャュョ"  # marks that begin no line
_HELP = "この説明を表示して終わる"


class JapaneseHelp(click.Command):
    """A command whose help page is Japanese throughout."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the line that shows how the command is called."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="使い方: ")

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The pieces of that line, in Japanese."""
        pieces = super().collect_usage_pieces(ctx)
        return [piece.replace("[OPTIONS]", "[オプション]") for piece in pieces]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option --help with a Japanese text."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _HELP
        return option

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes what the command does: paragraphs that break between Japanese letters, and have no blanks there."""
        for paragraph in inspect.cleandoc(self.help or "").split("\n\n"):
            formatter.write_paragraph()
            for line in _lines(re.sub(r"(?<=[^!-~])\n|\n(?=[^!-~])", "", paragraph).replace("\n", " ")):
                formatter.write(f"  {line}\n")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the list of options."""
        options = (param for param in self.get_params(ctx) if isinstance(param, click.Option))
        records = [record for option in options if (record := option.get_help_record(ctx))]
        with formatter.section("オプション"):
            formatter.write_dl([(name, text.replace("[required]", "【必須】")) for name, text in records])


class JapaneseGroup(JapaneseHelp, click.Group):
    """A group of commands whose help and usage errors are Japanese throughout."""

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The pieces of the usage line, in Japanese."""
        return ["コマンド", "[引数]…"]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the options, then the commands with their short help."""
        super().format_options(ctx, formatter)
        commands = [(name, self.commands[name].get_short_help_str(60)) for name in self.list_commands(ctx)]
        with formatter.section("コマンド"):
            formatter.write_dl(commands)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which they are defined, which is that of the work."""
        return list(self.commands)

    def main(  # type: ignore[override]  # one form for all: it always ends the process
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> Any:
        """Runs the command line; wrong usage is explained in Japanese and ends with exit code 2."""
        extra["standalone_mode"] = False
        try:
            result = super().main(args, prog_name, **extra)
        except click.UsageError as error:
            _show(error)
            sys.exit(2)
        except click.Abort:
            click.echo("中止しました。", err=True)
            sys.exit(1)
        sys.exit(result if isinstance(result, int) else 0)


def _lines(text: str) -> Iterator[str]:
    """The text in lines that fit a screen; words of Latin letters stay whole."""
    line, width = "", 0
    for word in re.findall(rf"[!-~]+ ?|.[{_BEHIND}]*", text):
        room = sum(2 if unicodedata.east_asian_width(letter) in "FWA" else 1 for letter in word)
        if width + room > _WIDTH:
            yield line.rstrip()
            line, width = "", 0
        line, width = line + word, width + room
    yield line.rstrip()


def _show(error: click.UsageError) -> None:
    if error.ctx is not None:
        click.echo(error.ctx.get_usage(), err=True)
        click.echo(f"くわしくは {error.ctx.command_path} --help をご覧ください。", err=True)
    click.echo(f"使い方の誤り: {_explain(error)}", err=True)


def _explain(error: click.UsageError) -> str:
    """The Japanese text of what was called wrongly; our own usage errors are Japanese already."""
    if isinstance(error, click.NoSuchOption):
        near = f"（{'、'.join(error.possibilities)} のことですか）" if error.possibilities else ""
        return f"「{error.option_name}」というオプションはありません{near}。"
    if isinstance(error, click.MissingParameter):
        return f"{_name(error)} を書いてください。"
    if isinstance(error, click.BadOptionUsage):
        return f"オプション {error.option_name} の後に値を書いてください。"
    if isinstance(error, click.BadParameter) and error.param is not None:
        return f"{_name(error)} に使えない値です。{_choices(error)}{_own(error.message)}"
    if error.message.startswith("No such command"):
        return f"「{error.message.split(chr(39))[1]}」というコマンドはありません。"
    if error.message.startswith("Got unexpected extra argument"):
        return f"余分な引数があります{error.message[error.message.find('(') :].rstrip('.')}。"
    return error.message


def _name(error: click.BadParameter) -> str:
    param = error.param
    if param is None:
        return "引数"
    return (
        param.opts[0]
        if isinstance(param, click.Option)
        else param.make_metavar(error.ctx or click.Context(click.Command("")))
    )


def _choices(error: click.BadParameter) -> str:
    kind = error.param.type if error.param is not None else None
    return f"使えるのは {'、'.join(map(str, kind.choices))} です。" if isinstance(kind, click.Choice) else ""


def _own(message: str) -> str:
    """The message where it is one of ours, in Japanese."""
    return message if any(ord(character) > 0x3000 for character in message) else ""
