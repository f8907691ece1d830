"""The command that compares two plans, or what a reviewed Word file was and is."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.commands.faults import show_findings
from handouts.commands.japanese import JapaneseHelp, OneOf
from handouts.commands.parts import dataset_path, readable_dataset
from handouts.commands.revising import (
    check_output,
    compared_editions,
    show_revised,
    table_options,
    write_revised,
)
from handouts.commands.terminal import fitted, working
from handouts.dataset.stored import is_workbook
from handouts.file_kinds import HOLD_TEXT, file_kind

if TYPE_CHECKING:
    from handouts.compose.changes import ParagraphChange
    from handouts.compose.revision_table import Unchanged
    from handouts.runs.revising import Revised


@click.command(
    cls=JapaneseHelp,
    examples=(
        "handouts compare gunma-r7 gunma-r8",
        "handouts compare 前.txt 後.txt --format html > 新旧.html",
        "handouts compare 本部から戻った文書.docx",
        "handouts compare gunma-r8 --edition 案 -o 変更箇所.pdf",
    ),
    then="印の付け方を変えるなら、dataset.yaml の comparison か、シート「比べ方」に書く。",
)
@click.argument("old", metavar="[旧]", required=False)
@click.argument("new", metavar="[新]", required=False)
@click.option(
    "--format",
    "form",
    metavar="形式",
    type=OneOf(["text", "json", "html"]),
    default="text",
    help="text（端末で読む。書かなければこちら）、json、html（新旧対照のページ）",
)
@click.option(
    "--edition",
    "editions",
    metavar="版",
    multiple=True,
    help="残した版の名前。二つ書けば版と版、一つなら版と今のデータを比べる（データは旧のところに書く）",
)
@table_options("新旧対照の資料")
def compare(
    old: str | None,
    new: str | None,
    form: str,
    editions: tuple[str, ...],
    output: Path | None,
    unchanged: Unchanged,
    may_replace: bool,
) -> int:
    """二つの計画を段落ごとに見比べ、変わった文字を示す。Word の文書なら、変更履歴の前と後を示す。

    旧と新には、データ（フォルダーか名前）を二つ、一段落一行のテキストファイルを二つ、または Word の文書（.docx）を二つ書く。

    変更履歴やコメントのある Word の文書を一つだけ書くと、変更の前と後を段落ごとに、変更した人、コメントと返信、書式の変更の数とともに示す。

    --edition を書くと、データの残した版を比べ、計画のほかに、予算額、KPI、対象者の変わったところも示す。
    """
    if output is not None:
        check_output(output, may_replace)
    if editions or output is not None:
        with working("見比べています"):
            revised = compared_editions(old, new, editions) if editions else _revised(old, new)
        if output is None:
            show_revised(revised, form, unchanged)
        else:
            write_revised(revised, output, unchanged)
        return 0
    from handouts.runs import comparison_forms

    with working("見比べています"):
        changes, names = _texts(old, new)
    if form == "html":
        click.echo(comparison_forms.as_html(changes, names, Path.cwd()), nl=False)
    elif form == "json":
        click.echo(comparison_forms.as_json(changes))
    else:
        click.echo(fitted(comparison_forms.as_text(changes, names), sys.stdout))
    return 0


def _revised(old: str | None, new: str | None) -> Revised:
    """The same as a handout; of two datasets with what stands in their lists."""
    from handouts.runs.revising import revised_datasets, revised_texts

    if old and new and not any(os.path.isfile(one) and not is_workbook(Path(one)) for one in (old, new)):
        sides = [readable_dataset(dataset_path(name)) for name in (old, new)]
        return revised_datasets(*sides)
    changes, names = _texts(old, new)
    day = datetime.fromtimestamp(os.stat(new or str(old)).st_mtime, UTC).date()
    return revised_texts(names, changes, day)


def _texts(old: str | None, new: str | None) -> tuple[Sequence[ParagraphChange], tuple[str, str]]:
    if old is None:
        raise click.UsageError("旧 と 新 を書いてください。")
    return _reviewed(Path(old)) if new is None else _compared(old, new)


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
    sides = [readable_dataset(dataset_path(name)) for name in (old, new)]
    return compare_datasets(*sides), (sides[0].name, sides[1].name)
