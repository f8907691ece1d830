"""click in Japanese: the texts of its catalogue, and pages of help whose lines break as Japanese does."""

from __future__ import annotations

import gettext
import inspect
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

import click

_WIDTH = 76  # half widths of a line of help
_BEHIND = "、。）」』…ー・っゃゅょッャュョ"  # marks that begin no line
TEXTS: Mapping[str, str] = {
    "Usage:": "使い方:",
    "Options": "オプション",
    "Commands": "コマンド",
    "required": "必須",
    "Show this message and exit.": "この説明を表示して終わる",
    "Try '{command} {option}' for help.": "くわしくは {command} {option} をご覧ください。",
    "Error: {message}": "使い方の誤り: {message}",
    "Aborted!": "中止しました。",
    "Missing command.": "コマンドを書いてください。",
    "No such command {name!r}.": "「{name}」というコマンドはありません。",
    "No such option {name!r}.": "「{name}」というオプションはありません。",
    "Did you mean {possibility}?": "{possibility} のことですか。",
    "(Did you mean one of: {possibilities}?)": "{possibilities} のことですか。",
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
        return TEXTS.get(message, message)

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


class JapaneseHelp(click.Command):
    """A command whose help and usage errors are Japanese throughout."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[オプション]", **settings})

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Takes the arguments apart; one that is missing is named in a sentence, not after one."""
        try:
            return super().parse_args(ctx, args)
        except click.MissingParameter as error:
            name = error.param.get_error_hint(ctx) if error.param else ""
            ctx.fail(f"{name.strip(chr(39))} を書いてください。")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes what the command does: paragraphs that break between Japanese letters, and have no blanks there."""
        for paragraph in inspect.cleandoc(self.help or "").split("\n\n"):
            formatter.write_paragraph()
            for line in _lines(re.sub(r"(?<=[^!-~])\n|\n(?=[^!-~])", "", paragraph).replace("\n", " ")):
                formatter.write(f"  {line}\n")


class JapaneseGroup(JapaneseHelp, click.Group):
    """A group of commands whose help and usage errors are Japanese throughout."""

    command_class = JapaneseHelp

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, options_metavar=None, subcommand_metavar="コマンド [引数]…", **settings)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which they are defined, which is that of the work."""
        return list(self.commands)


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
