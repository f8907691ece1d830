"""The command that compares two plans, or what a reviewed Word file was and is."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.commands.faults import show_findings
from handouts.commands.japanese import JapaneseHelp, OneOf
from handouts.commands.parts import dataset_path, recover_writes
from handouts.commands.terminal import fitted, working
from handouts.dataset.stored import is_workbook
from handouts.file_kinds import HOLD_TEXT, file_kind
from handouts.findings import DataFaults, errors_of

if TYPE_CHECKING:
    from handouts.compose.changes import ParagraphChange
    from handouts.dataset.model import Dataset


@click.command(
    cls=JapaneseHelp,
    examples=(
        "handouts compare gunma-r7 gunma-r8",
        "handouts compare 前.txt 後.txt --format html > 新旧.html",
        "handouts compare 本部から戻った文書.docx",
    ),
    then="印の付け方を変えるなら、dataset.yaml の comparison か、シート「比べ方」に書く。",
)
@click.argument("old", metavar="旧")
@click.argument("new", metavar="[新]", required=False)
@click.option(
    "--format",
    "form",
    metavar="形式",
    type=OneOf(["text", "json", "html"]),
    default="text",
    help="text（端末で読む。書かなければこちら）、json、html（新旧対照のページ）",
)
def compare(old: str, new: str | None, form: str) -> int:
    """二つの計画を段落ごとに見比べ、変わった文字を示す。Word の文書なら、変更履歴の前と後を示す。

    旧と新には、データ（フォルダーか名前）を二つ、一段落一行のテキストファイルを二つ、または Word の文書（.docx）を二つ書く。

    変更履歴やコメントのある Word の文書を一つだけ書くと、変更の前と後を段落ごとに、変更した人、コメントと返信、書式の変更の数とともに示す。
    """
    from handouts.runs import comparison_forms

    with working("見比べています"):
        changes, names = _reviewed(Path(old)) if new is None else _compared(old, new)
    if form == "html":
        click.echo(comparison_forms.as_html(changes, names, Path.cwd()), nl=False)
    elif form == "json":
        click.echo(comparison_forms.as_json(changes))
    else:
        click.echo(fitted(comparison_forms.as_text(changes, names), sys.stdout))
    return 0


def _reviewed(path: Path) -> tuple[Sequence[ParagraphChange], tuple[str, str]]:
    from handouts.runs.comparing import compare_review

    if not _is_document(path):
        raise click.UsageError(
            "新 を書いてください。一つだけで見られるのは、変更履歴のある Word の文書（.docx）です。"
        )
    return compare_review(path), (f"{path.name} 変更の前", f"{path.name} 変更の後")


def _is_document(path: Path) -> bool:
    """Whether it is meant as a Word file, or is a file that somebody may take for one."""
    if path.suffix.lower() == ".docx":
        return True
    return os.path.isfile(path) and not is_workbook(path) and file_kind(path) not in HOLD_TEXT


def _compared(old: str, new: str) -> tuple[Sequence[ParagraphChange], tuple[str, str]]:
    from handouts.compose.changes import compare_datasets
    from handouts.dataset.text_file import read_text
    from handouts.runs.choosing import check_kind, is_dataset
    from handouts.runs.comparing import compare_documents, compare_files

    paths = Path(old), Path(new)
    names = paths[0].name, paths[1].name
    documents = [path for path in paths if _is_document(path)]
    if len(documents) == 2:
        changes, findings = compare_documents(*paths)
        show_findings(findings)
        return changes, names
    texts = [path for path in paths if os.path.isfile(path) and not is_workbook(path)]
    if len(texts) == 2 and not documents:
        return compare_files(*paths), names
    for path in documents:
        if os.path.isfile(path):
            check_kind(path)
    if texts:
        other = new if texts[0] == Path(old) else old
        if not os.path.exists(other) and not is_dataset(other):
            read_text(Path(other))  # raises that it is not there
        raise click.UsageError("テキストファイル同士、Word の文書同士、またはデータ同士を比べてください。")
    sides = [_readable_dataset(dataset_path(name)) for name in (old, new)]
    return compare_datasets(*sides), (sides[0].name, sides[1].name)


def _readable_dataset(path: Path) -> Dataset:
    from handouts.runs.checking import read_checked

    recover_writes(path.parent)
    source = read_checked(path)
    faults = errors_of(source.findings)
    if source.dataset is None or faults:
        raise DataFaults(faults)
    return source.dataset
