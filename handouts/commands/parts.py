"""What several commands share: finding datasets, reading lists of choices, showing faults."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from handouts.dataset.stored import WORKBOOK_SUFFIX, dataset_name, is_workbook
from handouts.findings import DataFaults, Finding, HandoutError

DATA = Path("data")


@contextmanager
def faults_shown() -> Iterator[None]:
    """Shows what the user can mend without a traceback, with exit code 1."""
    try:
        yield
    except DataFaults as faults:
        show_findings(faults.findings)
        raise click.exceptions.Exit(1) from None
    except HandoutError as error:
        click.echo(f"誤り {error}", err=True)
        raise click.exceptions.Exit(1) from None


@contextmanager
def no_garbage() -> Iterator[None]:
    """Looks for no garbage meanwhile: with many values that takes a tenth of a short run, or more."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def show_findings(findings: Sequence[Finding], is_error_output: bool = True) -> None:
    """Prints one line for each finding."""
    for finding in findings:
        kind = "誤り" if finding.severity == "error" else "注意"
        click.echo(f"{kind} {finding}", err=is_error_output)


def undo_halves(*folders: Path) -> None:
    """Undoes what runs that were stopped left half written in the folders, and those in them, and says so."""
    from handouts.files import recover

    for folder in dict.fromkeys(folders):
        show_findings(recover(folder))


def dataset_path(name: str) -> Path:
    """Where the dataset that `name` means is stored: the path of a folder or workbook, or a name under ./data."""
    for path in (Path(name), DATA / name, DATA / f"{name}{WORKBOOK_SUFFIX}"):
        if os.path.isdir(path):
            return path if path.name else path.resolve()
        if os.path.isfile(path) and is_workbook(path):
            return path
    known = "、".join(dataset_name(path) for path in known_datasets()) or "なし"
    raise click.UsageError(
        f"データ「{name}」が見つかりません。フォルダーか Excel のブックの場所、または data フォルダーにある名前（{known}）を書いてください。"
    )


def new_dataset_path(name: str) -> Path:
    """Where a dataset of this name stands or will stand: a path as it is, a bare name under ./data."""
    path = Path(name)
    return path if len(path.parts) > 1 or os.path.isdir(path) else DATA / name


def known_datasets() -> list[Path]:
    """The datasets under ./data; where a folder and a workbook have the same name, the folder."""
    folders = [path.parent for path in DATA.glob("*/dataset.yaml")]
    names = {folder.name for folder in folders}
    books = (path for path in DATA.glob(f"*{WORKBOOK_SUFFIX}") if not path.name.startswith(("~$", ".")))
    return sorted((*folders, *(path for path in books if path.stem not in names)))


def choices_of(known: Sequence[str]) -> Callable[[click.Context, click.Parameter, str], tuple[str, ...]]:
    """What reads the value of an option that takes some of `known`, separated by commas."""

    def read(context: click.Context, param: click.Parameter, value: str) -> tuple[str, ...]:
        chosen = tuple(dict.fromkeys(part.strip().lower() for part in value.split(",") if part.strip()))
        unknown = [part for part in chosen if part not in known]
        if unknown or not chosen:
            raise click.BadParameter(
                f"「{value}」の代わりに {'、'.join(known)} を、カンマで区切って書いてください。",
                context,
                param,
            )
        return chosen

    return read


def kinds_of_handouts(
    context: click.Context, param: click.Parameter, value: tuple[str, ...]
) -> tuple[str, ...]:
    """The kinds of handouts that an option names, each of which must be there."""
    if not value:
        return ()
    from handouts.compose import HANDOUTS

    for kind in value:
        if kind not in HANDOUTS:
            known = "、".join(f"{name}（{handout.name}）" for name, handout in HANDOUTS.items())
            raise click.BadParameter(
                f"「{kind}」という資料の種類はありません。使えるのは {known} です。", context, param
            )
    return value
