"""click in Japanese: the texts of its catalogue, and pages of help whose lines break as Japanese does."""

from __future__ import annotations

import gettext
import inspect
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import click

from handouts.commands.guessing import meant_commands, meant_options, plain_word
from handouts.commands.terminal import coloured, lines_of, terminal_width, width_of

_WIDEST = 90  # half widths of a line of help
WRONG_USAGE = "使い方の誤り:"
TEXTS: Mapping[str, str] = {
    "Usage:": "使い方:",
    "Options": "オプション",
    "Commands": "コマンド",
    "required": "必須",
    "Show this message and exit.": "この説明を表示して終わる",
    "Try '{command} {option}' for help.": "くわしくは {command} {option} をご覧ください。",
    "Error: {message}": f"{WRONG_USAGE} {{message}}",
    "Aborted!": "中止しました。",
    "Missing command.": "コマンドを書いてください。",
    "No such command {name!r}.": "「{name}」というコマンドはありません。",
    "Option {name!r} requires an argument.": "{name} の後に値を書いてください。",
    "Option {name!r} does not take a value.": "{name} の後に値は書けません。",
    "Got unexpected extra argument ({args})": "余分な引数があります（{args}）。",
    "Got unexpected extra arguments ({args})": "余分な引数があります（{args}）。",
    "Invalid value for {param_hint}: {message}": "{param_hint} に使えない値です。{message}",
    "{name} {filename!r} is a file.": "「{filename}」は{name}ではなく、ファイルです。",
    "{name} {filename!r} is not readable.": "「{filename}」は、読み取りが許されていない{name}です。",
    "file": "ファイル",
    "directory": "フォルダー",
    "path": "場所",
}


class _Catalogue(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        text = TEXTS.get(message, message)
        return text.replace(WRONG_USAGE, coloured(WRONG_USAGE, "red", sys.stderr))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


_CATALOGUE = _Catalogue()
# click asks there for each of its texts. So they are Japanese whatever language the computer is set to.
gettext.translation = lambda *domain, **where: _CATALOGUE  # type: ignore[assignment]


class OneOf(click.Choice[str]):
    """One of a few words."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """What may stand there instead."""
        return f"使えるのは {'、'.join(self.choices)} です。"


class _Formatter(click.HelpFormatter):
    """A page of help that is as wide as the terminal, in half widths."""

    def __init__(
        self, indent_increment: int = 2, width: int | None = None, max_width: int | None = None
    ) -> None:
        super().__init__(indent_increment, min(terminal_width() - 1, _WIDEST))

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Writes how the command is called; what stands for one argument stays whole."""
        line = f"使い方: {prog}"
        for word in args.split():
            if width_of(f"{line.rpartition(chr(10))[2]} {word}") > self.width:
                line += "\n   "
            line += f" {word}"
        self.write(f"{line}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 24, col_spacing: int = 2) -> None:
        """Writes terms and what they mean beside them; below a term that is too long."""
        rows = list(rows)
        first = min(max(width_of(term) for term, _ in rows), col_max) + col_spacing
        at = self.current_indent + first
        for term, text in rows:
            lines = lines_of(text, self.width - at)
            if width_of(term) > first - col_spacing:
                self.write_lines([term])
            else:
                self.write(
                    f"{' ' * self.current_indent}{term}{' ' * (first - width_of(term))}{lines.pop(0)}\n"
                )
            for line in lines:
                self.write(f"{' ' * at}{line}\n")

    def write_lines(self, lines: Iterable[str]) -> None:
        """Writes lines as they are, indented."""
        for line in lines:
            self.write(f"{' ' * self.current_indent}{line}\n")


class _Context(click.Context):
    formatter_class = _Formatter


class JapaneseHelp(click.Command):
    """A command whose help and usage errors are Japanese throughout.

    `examples` show how it is called, `then` says what one does next.
    """

    context_class = _Context

    def __init__(self, *args: Any, examples: Sequence[str] = (), then: str = "", **settings: Any) -> None:
        self.examples, self.then = examples, then
        super().__init__(*args, **{"options_metavar": "[オプション]", **settings})

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Takes the arguments apart; what is missing or unknown is named in a sentence, with what was meant."""
        for option, value in pairwise(args):
            if option.startswith("--") and not value.strip():
                ctx.fail(f"{option} の後に値を書いてください。")
        typed = list(args)
        try:
            return super().parse_args(ctx, args)
        except click.MissingParameter as error:
            name = error.param.get_error_hint(ctx) if error.param else ""
            example = f"（例 {self.examples[0]}）" if self.examples else ""
            ctx.fail(f"{name.strip(chr(39))} を書いてください{example}。")
        except click.NoSuchOption as error:
            word = next(each for each in typed if each.startswith(error.option_name)).partition("=")[0]
            options = [name for param in self.get_params(ctx) for name in param.opts if name.startswith("--")]
            near = meant_options(word, options)
            hint = f"{'、'.join(near)} のことですか。" if near else f"使えるのは {'、'.join(options)} です。"
            ctx.fail(f"「{word}」というオプションはありません。{hint}")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes what the command does: paragraphs that break between Japanese letters, and have no blanks there."""
        for paragraph in inspect.cleandoc(self.help or "").split("\n\n"):
            formatter.write_paragraph()
            text = re.sub(r"(?<=[^!-~])\n|\n(?=[^!-~])", "", paragraph).replace("\n", " ")
            for line in lines_of(text, formatter.width - 2):
                formatter.write(f"  {line}\n")

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes examples, and what one does next."""
        if self.examples:
            with formatter.section("例"):
                for line in self.examples:
                    formatter.write(f"  {line}\n")
        if self.then:
            with formatter.section("次に"):
                for line in lines_of(self.then, formatter.width - 2):
                    formatter.write(f"  {line}\n")


class JapaneseGroup(JapaneseHelp, click.Group):
    """A group of commands whose help and usage errors are Japanese throughout."""

    command_class = JapaneseHelp

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, options_metavar=None, subcommand_metavar="コマンド [引数]…", **settings)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which they were added, which is that of the work."""
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the commands, each with the first sentence of its help."""
        with formatter.section("コマンド"):
            formatter.write_dl(
                [
                    (name, command.short_help or (command.help or "").partition("。")[0])
                    for name, command in self.commands.items()
                ]
            )

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is named, in whatever width; where there is none, says which was probably meant."""
        typed = args[0]
        if (name := plain_word(typed)) in self.commands:
            return super().resolve_command(ctx, [name, *args[1:]])
        if typed.startswith("-"):
            return super().resolve_command(ctx, args)
        ctx.fail(self.explain_unknown(ctx, typed))

    def explain_unknown(self, ctx: click.Context, typed: str) -> str:
        """What is said of a name that is no command of the group."""
        root = ctx.find_root()
        assert isinstance(root.command, click.Group)
        meant = [f"{root.info_name} {path}" for path in meant_commands(typed, self, root.command)]
        near = f"{'、'.join(meant)} のことですか。" if meant else ""
        return f"「{typed}」というコマンドはありません。{near}"
