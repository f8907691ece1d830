"""The files that a mail carries: those of the last build, checked, under names that every computer reads."""

from __future__ import annotations

import shlex
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from handouts.compose.page import Front, branch_name, compose_front, draft_mark, year_name
from handouts.dataset.kinds import HandoutKind, kinds_of
from handouts.dataset.mailbox import visible
from handouts.dataset.model import Dataset
from handouts.dataset.stored import DATA
from handouts.files import file_name
from handouts.findings import DataFaults, HandoutError, Place, Rule
from handouts.mail.message import Attachment
from handouts.measures.wording import MEGABYTE, size_text
from handouts.runs.build import make_handout
from handouts.runs.checking import CheckedDataset
from handouts.runs.formats import MAILED_FORMATS, OUT
from handouts.runs.settings import BuildSettings

UNFIT_FILE = Rule("mail.unfit-file", "{reason}", remedy="「{command}」で作ってください")
_FileKey: TypeAlias = tuple[HandoutKind, str]
_LONGEST_PART = 20  # characters of one part of an attachment's name


@dataclass(frozen=True, slots=True)
class FileSelection:
    """Which files of a build are meant; without `kinds`, those of every handout that the dataset lists."""

    formats: tuple[str, ...] = MAILED_FORMATS[:1]
    kinds: tuple[str, ...] = ()
    out: Path = OUT


@dataclass(frozen=True, slots=True)
class BuiltHandout:
    """A handout and its files, each with the attachment that it becomes."""

    kind: HandoutKind
    front: Front
    files: tuple[tuple[Path, Attachment], ...]


def find_handouts(
    source: CheckedDataset,
    dataset: Dataset,
    wanted: FileSelection,
    build_settings: Callable[[], BuildSettings],
) -> tuple[BuiltHandout, ...]:
    """The handouts with their files; raises DataFaults where one is missing, or other data would be printed now.

    That is so where a file is older than the data, and the same build would give another one: somebody may only have
    added a recipient.
    """
    fronts = {kind: compose_front(dataset, kind) for kind in kinds_of(dataset, wanted.kinds)}
    folder = wanted.out / source.name
    paths = {
        (kind, form): folder / f"{file_name(front.file_stem)}.{form}"
        for kind, front in fronts.items()
        for form in wanted.formats
    }
    odd = {key: "まだ作られていません" for key, path in paths.items() if not path.is_file()}
    newest, saved = _last_saved(source)
    is_older = {key: path for key, path in paths.items() if key not in odd and _saved(path) < saved}
    for key in _changed(source, is_older, build_settings):
        odd[key] = f"データ（{newest}）を直した後に、作り直されていません"
    if odd:
        command = _build_command(source.path, wanted, {form for _, form in odd})
        raise DataFaults(
            UNFIT_FILE.at(Place(str(paths[key])), reason=reason, command=command)
            for key, reason in odd.items()
        )
    return tuple(
        BuiltHandout(kind, front, tuple(_read(dataset, kind, form, paths) for form in wanted.formats))
        for kind, front in fronts.items()
    )


def _last_saved(source: CheckedDataset) -> tuple[str, int]:
    """The file of the data that was saved last, and when."""
    saved = {file: seen.saved for file, seen in source.snapshot.files.items() if seen}
    newest = max(saved, key=saved.__getitem__)
    return f"{newest.parent.resolve().name}/{newest.name}", saved[newest]


def _saved(path: Path) -> int:
    return path.stat().st_mtime_ns


def _changed(
    source: CheckedDataset, files: Mapping[_FileKey, Path], build_settings: Callable[[], BuildSettings]
) -> Iterator[_FileKey]:
    """Those of the files that a build would make other than they are."""
    for kind in dict.fromkeys(kind for kind, _ in files):
        forms = [form for one, form in files if one is kind]
        made = make_handout(kind, source, forms, build_settings()).files
        for form in forms:
            path = files[kind, form]
            if path.name not in made or made[path.name].content != path.read_bytes():
                yield kind, form


def _build_command(path: Path, wanted: FileSelection, formats: set[str]) -> str:
    """The command that makes what is missing."""
    words = ["handouts", "build", path.name if path.parent == DATA else str(path)]
    words += ["--format", ",".join(form for form in wanted.formats if form in formats)]
    words += [word for kind in wanted.kinds for word in ("--kind", kind)]
    words += [] if wanted.out == OUT else ["--out", str(wanted.out)]
    return shlex.join(words)


def _read(
    dataset: Dataset, kind: HandoutKind, form: str, paths: dict[tuple[HandoutKind, str], Path]
) -> tuple[Path, Attachment]:
    path = paths[kind, form]
    try:
        return path, Attachment(attachment_name(dataset, kind, form), path.read_bytes())
    except OSError:
        raise HandoutError(f"{path}: 読めません。ファイルの権限を確かめてください。") from None


def attachment_name(dataset: Dataset, kind: HandoutKind, form: str) -> str:
    """The short name of a file in the mail, of characters that every computer in Japan has."""
    what = kind.name.partition("（")[0] + draft_mark(dataset)
    parts = (dataset.settings(kind.id).material, branch_name(dataset), year_name(dataset), what)
    return file_name("_".join(_common(part)[:_LONGEST_PART] for part in parts if part)) + f".{form}"


def _common(text: str) -> str:
    """`text` with ① as 1, Ⅰ as I, ㈱ as (株), in composed form; ・ for what the common character set lacks."""
    plain = unicodedata.normalize("NFKC", visible(text))
    return "".join(character if _is_common(character) else "・" for character in plain)


def _is_common(character: str) -> bool:
    try:
        return bool(character.encode("iso2022_jp"))
    except UnicodeEncodeError:
        return False


def check_size(attachments: Sequence[Attachment], megabytes: float) -> None:
    """Raises HandoutError where the attachments are larger together than the limit."""
    total, most = sum(len(attachment.content) for attachment in attachments), int(megabytes * MEGABYTE)
    if total > most:
        largest = max(attachments, key=lambda attachment: len(attachment.content))
        raise HandoutError(
            f"添付の合計が {size_text(total)}（{total:,}バイト）で、上限の {size_text(most)}（{most:,}バイト）を超えています。"
            f"いちばん大きいのは {largest.name}（{size_text(len(largest.content))}）です。"
            "--attach pdf のように形式を減らすか、--kind で資料ごとに分けて送ってください。"
            "サーバーがもっと受け取るなら、mail.toml の size_limit を大きくできます。"
        )
