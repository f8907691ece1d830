"""The commands that make handouts of datasets, and say beforehand what stands in the way."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.commands.faults import show_findings
from handouts.commands.japanese import JapaneseHelp, OneOf
from handouts.commands.parts import choices_of, chosen_dataset, kinds_of_handouts, recover_writes
from handouts.commands.terminal import end_progress, say, show_progress, working
from handouts.dataset.stored import dataset_name, has_data
from handouts.findings import DataFaults, errors_of
from handouts.runs.formats import FORMATS, OUT, PDF, USUAL_FORMATS

if TYPE_CHECKING:
    from handouts.checks.silences import SilencedFinding
    from handouts.findings import Finding
    from handouts.runs.build import Built


@click.command(
    cls=JapaneseHelp,
    examples=(
        "handouts build gunma-r8",
        "handouts build gunma-r8 --strict",
        "handouts build gunma-r8 --kind plan --format pdf",
        "handouts build gunma-r8 --track-against 案",
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
    default=OUT,
    help="保存先。中にデータの名前のフォルダーを作る（書かなければ output）",
)
@click.option("--strict", is_flag=True, help="気がかりな点が一つでもあれば作らない（配る前の最後の確認に）")
@click.option(
    "--no-tracking",
    is_flag=True,
    help="Word の変更履歴を記録しない（書かなければ、版が案と本部提出のときは記録し、最終のときは記録しない）",
)
@click.option(
    "--track-against",
    metavar="版",
    default="",
    help="残した版から変わったところをすべて変更履歴にした Word も作る（例 案）。承諾すれば今の、元に戻せば版の文になる",
)
def build(
    datasets: tuple[str, ...],
    kinds: tuple[str, ...],
    formats: tuple[str, ...],
    out: Path,
    strict: bool,
    no_tracking: bool,
    track_against: str,
) -> int:
    """資料を PDF と Word で、その数字の別紙を Excel で作る。

    データには、フォルダーか Excel のブックの場所、または data フォルダーにある名前を書く。書かなければ data の
    すべてを作る。
    """
    paths, findings = _dataset_paths(datasets)
    faults = errors_of(findings)
    if not paths:
        raise DataFaults(faults)
    if any(has_data(out / dataset_name(path)) for path in paths):
        raise click.UsageError(
            f"--out の「{out}」は、データのあるフォルダーです。資料と混ざらないように、別のフォルダーを書いてください。"
        )
    recover_writes(*(path.parent for path in paths), out)
    show_progress("準備しています")
    from handouts.page.pdf_process import PdfProcess

    # Opened before anything else is loaded, so that it gets ready meanwhile.
    with PdfProcess(show_progress) if PDF.id in formats else nullcontext() as pdf_process:
        from handouts.runs.build import build_dataset
        from handouts.runs.settings import read_build_settings

        settings = read_build_settings(Path.cwd(), out, os.environ, strict, pdf_process, show_progress)
        odd = tuple(finding for finding in findings if finding not in faults)
        settings = replace(
            settings,
            findings=settings.findings + odd,
            tracking=not no_tracking,
            track_against=track_against,
        )
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


@click.command(
    cls=JapaneseHelp,
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
        say(f"{names}: {f'{len(findings)} 件あります。' if findings else '誤りはありません。'}")
    return int(bool(findings))


def _show_silenced(silenced: Sequence[SilencedFinding], are_listed: bool) -> None:
    for one in silenced if are_listed else ():
        say(f"確認済み {one.finding}［理由: {one.reason}］")
    if silenced:
        more = "" if are_listed else "（--silenced で一覧）"
        click.echo(f"確認済みの指摘が {len(silenced)} 件あります{more}。")


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
