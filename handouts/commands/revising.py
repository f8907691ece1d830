"""What `compare` does with editions, and where it is to write a file: one 新旧対照 of both sides."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.commands.faults import show_findings
from handouts.commands.japanese import OneOf
from handouts.commands.parts import one_dataset_path, readable_dataset, recover_writes
from handouts.commands.terminal import end_progress, show_progress
from handouts.findings import HandoutError

if TYPE_CHECKING:
    from handouts.compose.revision_table import Unchanged
    from handouts.runs.revising import Revised
    from handouts.runs.settings import BuildSettings


def table_options(table: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """The options of a command that can also write what it shows as a file, which it calls `table`."""
    output = click.option(
        "--output",
        "-o",
        "output",
        metavar="ファイル",
        type=click.Path(path_type=Path),
        default=None,
        help=f"{table}を書く場所。名前の最後で形が決まる（.pdf、.docx、.xlsx、.html）",
    )
    unchanged = click.option(
        "--unchanged",
        metavar="どう",
        type=OneOf(["省く", "略", "全文"]),
        default="省く",
        help=f"{table}での、変わらないところ。省く（書かなければこちら）、略（「（略）」の行にする）、全文",
    )
    replace = click.option(
        "--replace", "may_replace", is_flag=True, help="同じ名前のファイルがあれば、書き換える"
    )
    return lambda command: output(unchanged(replace(command)))


def compared_editions(dataset: str | None, other: str | None, names: Sequence[str]) -> Revised:
    """Two saved editions of a dataset, or the one that is named and the dataset as it is now."""
    from handouts.runs.revising import revised_editions

    if other is not None:
        raise click.UsageError("--edition を書くときは、データを一つだけ書いてください。")
    if len(names) > 2:
        raise click.UsageError("--edition は二つまでです。比べたい二つの版を書いてください。")
    path = one_dataset_path(dataset)
    recover_writes(path.parent)
    old, new = (*names, None)[:2]
    assert old is not None
    return revised_editions(path, old, new, readable_dataset(path) if new is None else None)


def show_revised(revised: Revised, form: str, unchanged: Unchanged) -> None:
    """Prints what differs, as text, as JSON or as the page of the handout."""
    from handouts.runs.revising import as_json, as_text

    if form == "html":
        from handouts.findings import Place
        from handouts.runs.revision_files import made

        content, findings = made(revised.table(unchanged), ".html", Place("HTML"), _settings())
        show_findings(findings)
        click.echo(content.decode(), nl=False)
    else:
        click.echo(as_json(revised) if form == "json" else as_text(revised))


def check_output(file: Path, may_replace: bool) -> None:
    """Raises HandoutError where the name of the file says no form, or something is there already."""
    from handouts.runs.revision_files import check_form

    check_form(file)
    check_free(file, may_replace)


def check_free(file: Path, may_replace: bool) -> None:
    """Raises HandoutError where something is there already that may not be replaced."""
    if os.path.lexists(file) and not may_replace:
        raise HandoutError(
            f"{file} がすでにあります。別の名前にするか、書き換えてよければ --replace を付けてください。"
        )


def write_revised(revised: Revised, file: Path, unchanged: Unchanged) -> None:
    """Writes the handout, and says where and what is odd in it."""
    from handouts.runs.revision_files import write_revisions

    show_progress("新旧対照を作っています")
    findings = write_revisions(revised.table(unchanged), file, _settings())
    end_progress()
    show_findings(findings)
    click.echo(str(file))


def _settings() -> BuildSettings:
    from handouts.runs.settings import read_build_settings

    return read_build_settings(Path.cwd(), Path(), os.environ)
