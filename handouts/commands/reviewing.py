"""The command that reads a returned Word file and takes over what was changed in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.commands.faults import show_findings
from handouts.commands.japanese import JapaneseHelp, OneOf
from handouts.commands.parts import dataset_path, occasion, recover_writes
from handouts.commands.terminal import say, working
from handouts.commands.updates import show_update
from handouts.file_kinds import WORD, file_kind

if TYPE_CHECKING:
    from handouts.review.proposals import Proposal
    from handouts.runs.reviewing import Review

_ANSWERS = {"y": "はい", "n": "いいえ", "b": "戻る", "q": "やめる"}


@click.command(
    cls=JapaneseHelp,
    examples=(
        "handouts review 返却.docx",
        "handouts review 返却.docx --apply all",
        "handouts review 本部.docx gunma-r8 --apply 1,3-5",
    ),
    then="取り込んだら handouts build データ で、すべての資料を作り直す。間違えて取り込んだら handouts undo データ で元に戻る。",
)
@click.argument("files", metavar="Word ファイル… [データ]", nargs=-1, required=True)
@click.option(
    "--apply",
    "wanted",
    metavar="番号",
    default=None,
    help="取り込む変更。all（取り込めるものすべて）、1,3-5（一覧の番号）、ask（一つずつ尋ねる）",
)
@click.option(
    "--format",
    "form",
    metavar="形式",
    type=OneOf(["text", "json"]),
    default="text",
    help="text（端末で読む。書かなければこちら）、json",
)
def review(files: tuple[str, ...], wanted: str | None, form: str) -> int:
    """本部などから戻った Word ファイルの変更履歴とコメントを読み、データに取り込む。

    handouts build で作った Word ファイルに、変更履歴を残して書き込んだものを読む。変更を一つずつ、資料の中の場所、前と後、
    だれがいつ直したかとともに示す。--apply を付けると、選んだものをデータに書く。数値は、それを入力したところに入る。

    読み落としたかもしれない変更やコメントがあれば、それを示して、終了コードは 1 になる。
    """
    from handouts.review import listing
    from handouts.runs.reviewing import read_returned, review_returned

    paths, name = _sorted_out(files)
    with working("Word ファイルを読んでいます"):
        returned = read_returned(paths)
        path = dataset_path(name or returned[0][1].head.dataset)
        recover_writes(path.parent)
        found = review_returned(returned, path)
    if form == "json":
        click.echo(listing.as_json(found.files))
    elif wanted is None or wanted != "ask":
        say(listing.as_text(found.files))
    show_findings([finding for file in found.files for finding in file.missed])
    if wanted is not None:
        _take(found, wanted, files)
    return 0 if found.is_complete else 1


def _sorted_out(words: Sequence[str]) -> tuple[list[Path], str | None]:
    """The Word files, and the dataset where the last word is one."""
    *files, last = words
    is_file = Path(last).is_file() and file_kind(Path(last)) is WORD
    if is_file or not files:
        return [Path(word) for word in words], None
    return [Path(word) for word in files], last


def _take(found: Review, wanted: str, files: Sequence[str]) -> None:
    """Takes over what is wanted, and says what was."""
    from handouts.runs.reviewing import chosen_of, possible_of, take_over, write_review

    numbers = None if wanted == "all" else _asked(found) if wanted == "ask" else _numbers(wanted)
    chosen = chosen_of(found, numbers)
    if numbers is None:
        chosen, faults = possible_of(found, chosen)
        show_findings(faults)
    applied = take_over(found, chosen)
    show_findings(applied.notes)
    why = occasion("review", *(Path(file).name for file in files), "--apply", wanted)
    updated = write_review(found, applied, why)
    click.echo("")
    show_update(updated, all_changes=True)
    left = len(found.proposals) - len(chosen)
    taken = f"{len(chosen)} 件を取り込みました" if chosen else "取り込む変更はありません"
    say(f"{taken}。{f'ほかの {left} 件は、そのままです。' if left else ''}")
    if updated.written:
        name = found.stored.path.stem
        named = f'"{name}"' if " " in name else name
        say(f"次に: handouts build {named} で、資料を作り直してください。")


def _numbers(text: str) -> list[int]:
    """The numbers in 1,3-5."""
    numbers: list[int] = []
    for part in text.replace("、", ",").replace("，", ",").split(","):
        first, dash, last = part.strip().partition("-")
        if not first.isdecimal() or (dash and not last.isdecimal()):
            raise click.UsageError(
                f"--apply に「{text}」は使えません。all、ask、または番号を 1,3-5 のように書いてください。"
            )
        numbers += range(int(first), int(last or first) + 1)
    return list(dict.fromkeys(numbers))


def _asked(found: Review) -> list[int]:
    """The numbers of the open proposals to which somebody says yes; one can go back."""
    from handouts.review.listing import proposal_text

    waiting: list[Proposal] = [one for one in found.proposals if one.state == "open"]
    taken: dict[int, bool] = {}
    at = 0
    while at < len(waiting):
        say(proposal_text(waiting[at]))
        choices = "／".join(f"{key} {words}" for key, words in _ANSWERS.items())
        answer = click.prompt(f"取り込みますか（{choices}）", prompt_suffix=": ").strip().lower()
        key = next((key for key, words in _ANSWERS.items() if answer in (key, words)), None)
        if key in ("y", "n"):
            taken[waiting[at].change.number] = key == "y"
            at += 1
        elif key == "b":
            at = max(at - 1, 0)
        elif key == "q":
            break
        else:
            click.echo("y、n、b、q のどれかを入力してください。")
    return [number for number, is_taken in taken.items() if is_taken]
