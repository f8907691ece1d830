"""Which command was probably meant, where there is none of the name that somebody typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

import click

# What people call a command as well, by its path.
_OTHER_WORDS: Mapping[str, Sequence[str]] = {
    "build": ("作る", "作成", "ビルド", "生成", "印刷", "make", "create", "pdf", "word", "docx", "bauen"),
    "check": ("確かめる", "確認", "点検", "検査", "チェック", "test", "validate", "verify", "prüfen"),
    "compare": ("比べる", "比較", "見比べる", "新旧", "新旧対照", "diff", "vergleichen"),
    "workbook": ("ブック", "入力ブック", "エクセル", "excel", "xlsx", "book"),
    "workbook export": ("書き出す", "書き出し", "エクスポート", "出力", "exportieren"),
    "workbook import": ("取り込む", "取り込み", "取込", "インポート", "読み込む", "importieren"),
    "workbook collect": ("集める", "収集", "回収", "集約", "merge", "sammeln"),
    "edition": ("版", "editions", "snapshot"),
    "edition save": ("版を残す", "残す", "freeze", "tag"),
    "edition list": ("版の一覧",),
    "import": ("文章を取り込む", "テキスト", "text"),
    "mail": ("メール", "送る", "送信", "配る", "send", "senden"),
    "list": ("一覧", "リスト", "ls", "show"),
    "new": ("新規", "新しい", "新規作成", "ひな形", "init", "start", "neu"),
    "undo": ("取り消す", "取り消し", "取消", "元に戻す", "戻す", "revert", "rollback"),
    "redo": ("やり直す", "やり直し", "もう一度", "repeat"),
    "history": ("履歴", "記録", "変更履歴", "log", "verlauf"),
    "--help": ("help", "ヘルプ", "使い方", "説明", "hilfe", "?"),
    "--version": ("version", "バージョン"),
}


def plain_word(text: str) -> str:
    """A word as commands are written: in half width, in small letters."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def meant_commands(typed: str, group: click.Group, root: click.Group) -> list[str]:
    """The commands that were probably meant, by their paths below the program; the likeliest of a group first.

    >>> meant_commands("exprot", workbook, main)
    ["workbook export"]
    """
    word = plain_word(typed)
    paths = list(_paths(root))
    words: dict[str, list[str]] = {}
    for path in (*paths, *_OTHER_WORDS):
        for each in (path, path.rpartition(" ")[2], *_OTHER_WORDS.get(path, ())):
            words.setdefault(each, []).append(path)
    near = [word] if word in words else get_close_matches(word, words, n=3, cutoff=0.65)
    found = list(dict.fromkeys(path for each in near for path in words[each]))
    own = [path for path in found if path in {f"{group.name} {name}" for name in group.commands}]
    return own or found


def meant_options(typed: str, options: Sequence[str]) -> list[str]:
    """The options of a command that were probably meant, the likeliest first; their dashes do not count.

    >>> meant_options("-strict", ["--format", "--strict", "--help"])
    ["--strict"]
    """
    word = plain_word(typed).strip("-")
    words = {option.strip("-"): option for option in options}
    begun = [name for name in words if word and name.startswith(word)]
    return [words[name] for name in begun or get_close_matches(word, words, n=3, cutoff=0.65)]


def _paths(group: click.Group, above: str = "") -> Iterator[str]:
    for name, command in group.commands.items():
        yield f"{above}{name}"
        if isinstance(command, click.Group):
            yield from _paths(command, f"{above}{name} ")
