"""The command line: the only printing, the only exit codes.

Nothing heavy is imported before a command needs it, so that the help comes at once.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts import __version__
from handouts.commands.faults import show_findings
from handouts.commands.history import history, redo, undo
from handouts.commands.japanese import OneOf
from handouts.commands.mail import mail
from handouts.commands.parts import (
    choices_of,
    chosen_dataset,
    dataset_path,
    kinds_of_handouts,
    listed_kinds,
    new_dataset_path,
    occasion,
    recover_writes,
)
from handouts.commands.start import Program, show_next_steps
from handouts.commands.terminal import end_progress, say, show_progress, working
from handouts.commands.workbook import workbook
from handouts.dataset.stored import DATA, dataset_name, is_workbook
from handouts.file_kinds import HOLD_TEXT, file_kind
from handouts.findings import DataFaults, errors_of
from handouts.runs.formats import FORMATS, PDF, USUAL_FORMATS

if TYPE_CHECKING:
    from handouts.checks.silences import SilencedFinding
    from handouts.compose.changes import ParagraphChange
    from handouts.dataset.model import Dataset
    from handouts.findings import Finding
    from handouts.runs.build import Built


@click.group(
    cls=Program,
    invoke_without_command=True,
    examples=("handouts new gunma-r8 --branch 群馬 --year R8", "handouts check", "handouts build gunma-r8"),
    then="コマンドを書かずに handouts とだけ書くと、次にふつうすることを示す。コマンドごとの説明は handouts build --help など。",
)
@click.version_option(__version__, message="handouts %(version)s", help="版を表示して終わる")
@click.pass_context
def main(context: click.Context) -> None:
    """評議会の資料（PDF・Word・Excel）を、一度だけ入力したデータから作る。

    データは data フォルダーに、支部と年度ごとのフォルダーか Excel のブックとして置く。
    """
    if context.invoked_subcommand is None:
        show_next_steps()


def _dataset_paths(names: Sequence[str]) -> tuple[list[Path], tuple[Finding, ...]]:
    """Where the datasets that `names` mean are stored; without any, all under ./data; and what is wrong with others."""
    if names:
        paths, findings = _chosen(names)
        for path in paths:
            same = [str(other) for other in paths if dataset_name(other) == dataset_name(path)]
            if len(same) > 1:
                raise click.UsageError(
                    f"{'、'.join(same)} は名前が同じなので、同じ場所に書かれてしまいます。一つずつ、--out を変えて作ってください。"
                )
        return paths, findings
    from handouts.runs.choosing import in_two_forms, known_datasets

    known = known_datasets().values()
    if not known:
        raise click.UsageError(
            "data フォルダーにデータがありません。handouts new で作るか、データのフォルダーを指定してください。"
        )
    doubles = tuple(in_two_forms(*places) for places in known if len(places) > 1)
    return [places[0] for places in known if len(places) == 1], doubles


def _chosen(names: Sequence[str]) -> tuple[list[Path], tuple[Finding, ...]]:
    """The datasets that `names` mean, each once; one that cannot be used is a finding, and the others stay."""
    paths: dict[Path, None] = {}
    findings: list[Finding] = []
    for name in names:
        try:
            path, odd = chosen_dataset(name)
        except DataFaults as faults:
            findings += faults.findings
        else:
            paths[path] = None
            findings += odd
    return list(paths), tuple(findings)


@main.command(
    examples=(
        "handouts build gunma-r8",
        "handouts build gunma-r8 --strict",
        "handouts build gunma-r8 --kind plan --format pdf",
    ),
    then="output の中の資料を開いて確かめ、handouts mail データ --to 支部内 で送る。直すところがあれば、データを直して、もう一度作る。",
)
@click.argument("datasets", metavar="[データ]…", nargs=-1)
@click.option(
    "--kind",
    "kinds",
    metavar="種類",
    multiple=True,
    callback=kinds_of_handouts,
    help="作る資料の種類（例 plan-budget）。書かなければデータに書かれたものすべて",
)
@click.option(
    "--format",
    "formats",
    metavar="形式",
    default=",".join(USUAL_FORMATS),
    callback=choices_of(FORMATS),
    help=f"作る形式。{'、'.join(each.id + each.note for each in FORMATS.values())} をカンマで区切る（書かなければ {','.join(USUAL_FORMATS)}）",
)
@click.option(
    "--out",
    metavar="フォルダー",
    type=click.Path(path_type=Path),
    default=Path("output"),
    help="保存先。中にデータの名前のフォルダーを作る（書かなければ output）",
)
@click.option("--strict", is_flag=True, help="気がかりな点が一つでもあれば作らない（配る前の最後の確認に）")
def build(
    datasets: tuple[str, ...], kinds: tuple[str, ...], formats: tuple[str, ...], out: Path, strict: bool
) -> int:
    """資料を PDF と Word で、その数字の別紙を Excel で作る。

    データには、フォルダーか Excel のブックの場所、または data フォルダーにある名前を書く。書かなければ data の
    すべてを作る。
    """
    paths, findings = _dataset_paths(datasets)
    faults = errors_of(findings)
    if not paths:
        raise DataFaults(faults)
    recover_writes(*(path.parent for path in paths), out)
    show_progress("準備しています")
    from handouts.page.pdf_process import PdfProcess

    # Opened before anything else is loaded, so that it gets ready meanwhile.
    with PdfProcess(show_progress) if PDF.id in formats else nullcontext() as pdf_process:
        from handouts.runs.build import build_dataset
        from handouts.runs.settings import read_build_settings

        settings = read_build_settings(Path.cwd(), out, os.environ, strict, pdf_process, show_progress)
        odd = tuple(finding for finding in findings if finding not in faults)
        settings = replace(settings, findings=settings.findings + odd)
        return _report([build_dataset(path, kinds, formats, settings) for path in paths], faults)


def _report(results: Sequence[Built], faults: Sequence[Finding]) -> int:
    """Prints what was written and what was found, first `faults` for which datasets were left out; returns the exit code."""
    end_progress()
    found = (finding for built in results for finding in built.findings)
    show_findings(tuple(dict.fromkeys((*faults, *found))))
    for built in results:
        for product in built.products:
            pages = f"{product.pages}ページ " if product.pages else ""
            click.echo(f"{product.path}  {pages}{product.seconds:.1f}秒")
        if built.failed:
            say(
                f"{built.dataset}: 作れなかった資料があります。上の点を直してから、もう一度作ってください。",
                err=True,
            )
    return int(bool(faults) or any(built.failed for built in results))


@main.command(
    examples=("handouts check gunma-r8", "handouts check gunma-r8 --ids", "handouts check"),
    then="示されたところを直して、もう一度確かめる。誤りがなくなれば handouts build データ で作る。",
)
@click.argument("datasets", metavar="[データ]…", nargs=-1)
@click.option(
    "--format",
    "form",
    metavar="形式",
    type=OneOf(["text", "json"]),
    default="text",
    help="表示の形。text（書かなければこちら）または json",
)
@click.option("--ids", is_flag=True, help="指摘の名前と場所も示す（「確認済み」に書くもの）")
@click.option("--silenced", "with_silenced", is_flag=True, help="確認済みにした指摘も、理由とともに示す")
def check(datasets: tuple[str, ...], form: str, ids: bool, with_silenced: bool) -> int:
    """データの書き方と、互いの参照と、資料にできるかを確かめる。

    誤りと気がかりな点をすべて、どこにあるかとともに表示する。
    """
    paths, doubles = _dataset_paths(datasets)
    recover_writes(*(path.parent for path in paths))
    from handouts.runs.checking import read_checked
    from handouts.runs.rehearsal import refused_findings
    from handouts.runs.shared_recipients import read_shared_recipients

    with working("データを読んで、確かめています"):
        sources = [read_checked(path) for path in paths]
    shared = [
        read_shared_recipients(folder).findings for folder in dict.fromkeys(path.parent for path in paths)
    ]
    refused = refused_findings(sources, Path.cwd(), os.environ)
    found = (doubles, *shared, *(source.findings for source in sources), refused)
    findings = tuple(dict.fromkeys(finding for each in found for finding in each))
    silenced = tuple(dict.fromkeys(one for source in sources for one in source.silenced))
    if form == "json":
        from handouts.dataset.finding_records import findings_json

        click.echo(findings_json(findings))
    else:
        show_findings(findings, is_error_output=False, with_ids=ids)
        _show_silenced(silenced, are_listed=with_silenced)
        names = "、".join(map(dataset_name, paths)) or "データ"
        click.echo(f"{names}: {f'{len(findings)} 件あります。' if findings else '誤りはありません。'}")
    return int(bool(findings))


def _show_silenced(silenced: Sequence[SilencedFinding], are_listed: bool) -> None:
    for one in silenced if are_listed else ():
        click.echo(f"確認済み {one.finding}［理由: {one.reason}］")
    if silenced:
        more = "" if are_listed else "（--silenced で一覧）"
        click.echo(f"確認済みの指摘が {len(silenced)} 件あります{more}。")


@main.command(
    examples=(
        "handouts compare gunma-r7 gunma-r8",
        "handouts compare 前.txt 後.txt --format html > 新旧.html",
    ),
    then="印の付け方を変えるなら、dataset.yaml の comparison か、シート「比べ方」に書く。",
)
@click.argument("old", metavar="旧")
@click.argument("new", metavar="新")
@click.option(
    "--format",
    "form",
    metavar="形式",
    type=OneOf(["text", "json", "html"]),
    default="text",
    help="text（端末で読む。書かなければこちら）、json、html（新旧対照のページ）",
)
def compare(old: str, new: str, form: str) -> int:
    """二つの計画を段落ごとに見比べ、変わった文字を示す。

    旧と新には、データ（フォルダーか名前）を二つ、または一段落一行のテキストファイルを二つ書く。
    """
    from handouts.runs import comparing

    with working("二つの計画を見比べています"):
        changes, names = _compared(old, new)
    if form == "html":
        click.echo(comparing.as_html(changes, names, Path.cwd()), nl=False)
    elif form == "json":
        click.echo(comparing.as_json(changes))
    else:
        click.echo(comparing.as_text(changes, names))
    return 0


def _compared(old: str, new: str) -> tuple[Sequence[ParagraphChange], tuple[str, str]]:
    from handouts.compose.changes import compare_datasets
    from handouts.runs.choosing import check_kind
    from handouts.runs.comparing import compare_files

    texts = [path for path in (Path(old), Path(new)) if os.path.isfile(path) and not is_workbook(path)]
    if len(texts) == 2:
        return compare_files(Path(old), Path(new)), (Path(old).name, Path(new).name)
    if texts:
        if file_kind(texts[0]) not in HOLD_TEXT:
            check_kind(texts[0])
        raise click.UsageError("テキストファイル同士、またはデータ同士を比べてください。")
    sides = [_readable_dataset(dataset_path(name)) for name in (old, new)]
    return compare_datasets(*sides), (sides[0].name, sides[1].name)


def _readable_dataset(path: Path) -> Dataset:
    from handouts.runs.checking import read_checked

    recover_writes(path.parent)
    source = read_checked(path)
    faults = [finding for finding in source.findings if finding.severity == "error"]
    if source.dataset is None or faults:
        raise DataFaults(faults)
    return source.dataset


main.add_command(mail)
main.add_command(workbook)
for command in (undo, redo, history):
    main.add_command(command)


@main.command(
    "import",
    examples=("handouts import 計画.txt gunma-r7 --branch 群馬 --year R7",),
    then="handouts check データ で確かめ、budget.yaml などを書き足す（handouts workbook export で Excel に書き出してもよい）。",
)
@click.argument("text", metavar="テキスト", type=click.Path(path_type=Path))
@click.argument("dataset", metavar="データ")
@click.option("--branch", metavar="支部", default="", help="新しいデータを作るときの支部名（例 群馬）")
@click.option("--year", metavar="年度", default="", help="新しいデータを作るときの年度（例 令和7年度）")
def import_(text: Path, dataset: str, branch: str, year: str) -> int:
    """Word や PDF から写した計画の文章を、データの plan.md にする。

    テキストは UTF-8 で、一段落を一行に書いたもの。番号の付け方は文章から読み取る。
    """
    from handouts.runs.importing import import_text

    folder = new_dataset_path(dataset)
    recover_writes(folder.parent)
    imported = import_text(text, folder, branch, year, occasion("import", text.name))
    show_findings(imported.findings)
    for path in imported.written:
        click.echo(str(path))
    click.echo(f"{imported.paragraphs} 段落を取り込みました。見出しの番号: {' > '.join(imported.levels)}")
    return 0


@main.command(
    examples=("handouts new gunma-r8 --branch 群馬 --year 令和8年度",),
    then="data の中のファイルを書き換えるか、handouts workbook export で Excel に書き出して書き入れ、handouts check で確かめる。",
)
@click.argument("name", metavar="名前")
@click.option("--branch", metavar="支部", required=True, help="支部名（例 群馬）")
@click.option("--year", metavar="年度", required=True, help="年度（例 令和8年度）")
def new(name: str, branch: str, year: str) -> int:
    """新しいデータのひな形を作る。

    名前は gunma-r8 のように付ける。data フォルダーの中に、記入例の入ったファイルができる。
    """
    from handouts.runs.importing import create_dataset

    folder = new_dataset_path(name)
    recover_writes(folder.parent)
    for path in create_dataset(folder, branch, year, occasion("new", name)):
        click.echo(str(path))
    return 0


@main.command("list", examples=("handouts list",), then="handouts check データ で、そのデータを確かめる。")
def list_() -> int:
    """data フォルダーにあるデータと、作れる資料の種類を一覧にする。"""
    from handouts.runs.checking import read_stored
    from handouts.runs.choosing import known_datasets

    recover_writes(DATA)
    with working("データを読んでいます"):
        described = [
            f"{name}  {_in_two_forms(places) if len(places) > 1 else _described(read_stored(places[0]).dataset)}"
            for name, places in known_datasets().items()
        ]
    click.echo("データ")
    for line in described:
        click.echo(f"  {line}")
    click.echo("資料の種類")
    for kind in listed_kinds():
        click.echo(f"  {kind.id}  {kind.name}")
    return 0


def _in_two_forms(places: Sequence[Path]) -> str:
    return f"{'と'.join(map(str, places))} の両方があります（どちらかを別の場所へ移してください）"


def _described(dataset: Dataset | None) -> str:
    if dataset is None:
        return "読めません（handouts check で理由が分かります）"
    year = dataset.fiscal_year.text(dataset.year_form)
    return f"{dataset.branch}支部 {year} {dataset.edition}  資料: {'、'.join(dataset.handouts) or '指定なし'}"
