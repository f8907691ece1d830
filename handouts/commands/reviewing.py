"""The command that reads a returned Word file and takes over what was changed in it."""

from __future__ import annotations

import getpass
import os
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.commands.faults import show_findings
from handouts.commands.japanese import JapaneseHelp, OneOf
from handouts.commands.parts import dataset_path, occasion, recover_writes
from handouts.commands.revising import check_free, check_output, table_options, write_revised
from handouts.commands.terminal import say, working
from handouts.commands.updates import show_update
from handouts.file_kinds import WORD, file_kind

if TYPE_CHECKING:
    from handouts.compose.revision_table import Unchanged
    from handouts.review.proposals import Proposal
    from handouts.runs.reviewing import Review
    from handouts.runs.updating import Update

_ANSWERS = {"y": "はい", "n": "いいえ", "b": "戻る", "q": "やめる"}


@click.command(
    cls=JapaneseHelp,
    examples=(
        "handouts review 返却.docx",
        "handouts review 返却.docx --apply all",
        "handouts review 本部.docx gunma-r8 --apply 1,3-5",
        "handouts review 返却.docx --refuse 2,4 --by 佐藤",
        "handouts review 返却.docx -o 対応表.pdf",
        "handouts review 返却.docx --answer 回答.docx",
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
    "--refuse",
    "unwanted",
    metavar="番号",
    default=None,
    help="採らないと決めた変更（一覧の番号。例 2,4）。データは変えず、記録に残す",
)
@click.option(
    "--by",
    metavar="名前",
    default=None,
    help="だれが決めたか。記録に残る（書かなければ、このコンピューターの利用者の名前）",
)
@table_options("新旧対照と対応の表")
@click.option(
    "--answer",
    "answer",
    metavar="ファイル",
    type=click.Path(path_type=Path),
    default=None,
    help="戻った Word ファイルに、変更ごとの対応とコメントへの答えを書き入れて返すファイル（.docx）",
)
@click.option(
    "--format",
    "form",
    metavar="形式",
    type=OneOf(["text", "json"]),
    default="text",
    help="text（端末で読む。書かなければこちら）、json",
)
def review(
    files: tuple[str, ...],
    wanted: str | None,
    unwanted: str | None,
    by: str | None,
    output: Path | None,
    unchanged: Unchanged,
    answer: Path | None,
    may_replace: bool,
    form: str,
) -> int:
    """本部などから戻った Word ファイルの変更履歴とコメントを読み、データに取り込む。

    handouts build で作った Word ファイルに、変更履歴を残して書き込んだものを読む。変更を一つずつ、資料の中の場所、前と後、
    だれがいつ直したかとともに示す。--apply を付けると、選んだものをデータに書く。数値は、それを入力したところに入る。

    --apply か --refuse を付けると、どの変更をだれがどうしたかとコメントを、データのフォルダーの review.yaml（ブックなら、隣の 名前.review.yaml）に
    残す。そこの answer: に書いた答えは、-o の表と、--answer の Word ファイルに載る。

    読み落としたかもしれない変更やコメントがあれば、それを示して、終了コードは 1 になる。
    """
    from handouts.review import listing
    from handouts.runs.answering import check_answer, write_answer
    from handouts.runs.reviewing import read_returned, review_returned

    paths, name = _sorted_out(files)
    if output is not None:
        check_output(output, may_replace)
    if answer is not None:
        check_answer(len(paths), answer)
        check_free(answer, may_replace)
    with working("Word ファイルを読んでいます"):
        returned = read_returned(paths)
        path = dataset_path(name or returned[0][1].head.dataset)
        recover_writes(path.parent)
        found = review_returned(returned, path)
    if form == "json":
        click.echo(listing.as_json(found.files, found.on_record.said))
    elif wanted is None or wanted != "ask":
        say(listing.as_text(found.files, found.on_record.said))
    show_findings([finding for file in found.files for finding in file.missed])
    if wanted is not None or unwanted is not None:
        found = _decide(found, wanted, unwanted, by, files)
    if output is not None:
        from handouts.runs.review_table import revised_review

        write_revised(revised_review(found, unchanged), output, unchanged)
    if answer is not None:
        count = write_answer(found, paths[0], answer, _now())
        say(f"{answer}（対応と答え {count} 件を書き入れました）")
    return 0 if found.is_complete else 1


def _sorted_out(words: Sequence[str]) -> tuple[list[Path], str | None]:
    """The Word files, and the dataset where the last word is one."""
    *files, last = words
    is_file = Path(last).is_file() and file_kind(Path(last)) is WORD
    if is_file or not files:
        return [Path(word) for word in words], None
    return [Path(word) for word in files], last


def _decide(
    found: Review, wanted: str | None, unwanted: str | None, by: str | None, files: Sequence[str]
) -> Review:
    """Takes over what is wanted, puts on record what is refused, and says both; returns the review as it is then."""
    from handouts.review.record import Decided
    from handouts.runs.reviewing import chosen_of, possible_of, refused_of, take_over, write_review

    refused = refused_of(found, _numbers(unwanted, "--refuse") if unwanted is not None else ())
    numbers: Sequence[int] | None = ()
    if wanted == "ask":
        answers = _asked(found, refused)
        numbers = [number for number, is_taken in answers.items() if is_taken]
        refused |= {number for number, is_taken in answers.items() if not is_taken}
    elif wanted is not None:
        numbers = None if wanted == "all" else _numbers(wanted, "--apply")
    if both := sorted(refused & set(numbers or ())):
        raise click.UsageError(f"{'、'.join(map(str, both))} 番が、--apply と --refuse の両方にあります。")
    chosen = tuple(one for one in chosen_of(found, numbers) if one.change.number not in refused)
    if numbers is None:
        chosen, faults = possible_of(found, chosen)
        show_findings(faults)
    applied = take_over(found, chosen)
    show_findings(applied.notes)
    asked = {"--apply": wanted, "--refuse": unwanted}
    options = [word for option, value in asked.items() if value is not None for word in (option, value)]
    why = occasion("review", *(Path(file).name for file in files), *options)
    taken = frozenset(one.change.number for one in chosen)
    decided = Decided(by or _user(), why.when.date(), taken, refused)
    updated, after = write_review(found, applied, decided, why)
    click.echo("")
    _show_written(found, updated, taken, refused)
    return after


def _show_written(found: Review, updated: Update, taken: Collection[int], refused: Collection[int]) -> None:
    """Prints what was taken over and what was refused, and where both are written."""
    if taken or not refused:
        show_update(updated, all_changes=True)
    for path in updated.beside:
        click.echo(str(path))
    left = len(found.proposals) - len(taken) - len(refused)
    said = [
        f"{len(taken)} 件を取り込みました。" if taken else "取り込む変更はありません。" if not refused else ""
    ]
    said += [f"{len(refused)} 件を、採らないと記録しました。"] if refused else []
    say(f"{''.join(said)}{f'ほかの {left} 件は、そのままです。' if left else ''}")
    if updated.beside:
        say("コメントへの答えや、採らない理由は、この記録の answer: に書けます。")
    if updated.written:
        name = found.stored.path.stem
        named = f'"{name}"' if " " in name else name
        say(f"次に: handouts build {named} で、資料を作り直してください。")


def _now() -> datetime:
    """The time that new comments bear: that of SOURCE_DATE_EPOCH, else now."""
    from handouts.runs.settings import source_date

    return source_date(os.environ) or datetime.now(UTC)


def _user() -> str:
    """The name of the user of this computer; empty where nobody knows it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def _numbers(text: str, option: str) -> list[int]:
    """The numbers in 1,3-5, which is the value of an option."""
    others = "all、ask、または" if option == "--apply" else ""
    numbers: list[int] = []
    for part in text.replace("、", ",").replace("，", ",").split(","):
        first, dash, last = part.strip().partition("-")
        if not first.isdecimal() or (dash and not last.isdecimal()):
            raise click.UsageError(
                f"{option} に「{text}」は使えません。{others}番号を 1,3-5 のように書いてください。"
            )
        numbers += range(int(first), int(last or first) + 1)
    return list(dict.fromkeys(numbers))


def _asked(found: Review, refused: Collection[int]) -> dict[int, bool]:
    """Whether somebody wants the open proposals that nobody has refused, by their numbers; one can go back."""
    from handouts.review.listing import proposal_text

    waiting: list[Proposal] = [
        one
        for one in found.proposals
        if one.state == "open" and one.change.number not in {*refused, *found.on_record.refused}
    ]
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
    return taken
