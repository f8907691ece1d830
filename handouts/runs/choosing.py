"""Which dataset somebody means by a name or a path, and what is said where that is none, or may be two."""

from __future__ import annotations

import os
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from handouts.characters import composed
from handouts.dataset.columns import plain
from handouts.dataset.stored import (
    DATA,
    DATASET_FILE,
    DATASET_FILES,
    WORKBOOK_SUFFIX,
    as_stored,
    dataset_name,
    has_data,
    is_workbook,
    shadows_of,
    stored_in,
)
from handouts.file_kinds import WORKBOOK, file_kind
from handouts.findings import DataFaults, Finding, Place, Rule

_ALLOWED = "データは、フォルダーか入力ブック（.xlsx）です"
_MOST_NAMES = 5
_MOVE = "要らないほうを別の場所へ移すか、名前を変えてください"
IN_TWO_FORMS = Rule(
    "dataset.two-forms",
    "「{name}」という名前の、フォルダーとブックの両方があります。どちらか分からないので、使いません",
    remedy=f"{_MOVE}（{{book}} の中身をフォルダーに入れるなら handouts workbook import {{book}} {{name}}。"
    "どちらかを確かめるだけなら、場所を {folder} か {book} のように書いてください）",
)
HAS_DOUBLE = Rule(
    "dataset.double",
    "同じ名前の {other} もあります。名前だけでは、どちらのことか分かりません",
    remedy=f"{_MOVE}。そのままなら、使うほうの場所（{{used}} など）を書いてください",
    severity="warning",
)
OTHER_KIND = Rule("dataset.other-kind", "これは、{what}です", _ALLOWED, "{advice}")
NO_NAME = Rule(
    "dataset.no-name",
    "これは、{what}です",
    "ここに書くのは、データの名前か、データのフォルダーの場所です",
    "gunma-r8 のような名前を書いてください",
)
NEAR_NAME = Rule(
    "dataset.near-name",
    "「{name}」というデータはありませんが、よく似た名前の「{other}」があります",
    remedy="「{other}」のことなら、そのとおりに書いてください。新しいデータなら、見分けの付く名前にしてください",
)
NO_DATA = Rule(
    "dataset.empty-folder",
    f"これはフォルダーですが、データのファイル（{DATASET_FILE} など）がありません",
    _ALLOWED,
    "{advice}",
)


def find_dataset(name: str) -> tuple[Path, tuple[Finding, ...]] | None:
    """Where the dataset is stored that `name` means, and what is odd about that; None where there is none.

    The path of a folder or workbook is meant as it is, a name is one under ./data. Raises DataFaults for a name that
    both a folder and a workbook have, and for what is no dataset.
    """
    path = as_stored(Path(name))
    stored = (path,) if os.path.exists(path) and not _is_hidden(path) else stored_in(DATA, name)
    if len(stored) > 1:
        raise DataFaults([in_two_forms(*stored)])
    if not stored:
        return None
    [path] = stored
    if os.path.isdir(path):
        path = with_name(path)
        check_folder(path)
    else:
        check_kind(path)
    return path, doubles_of(path)


def _is_hidden(path: Path) -> bool:
    """Whether a name means data under ./data, though a folder of handouts or anything else has it here too."""
    return len(path.parts) == 1 and os.path.isdir(path) and not has_data(path) and has_data(DATA / path)


def near_names(name: str) -> list[str]:
    """The names of datasets under ./data that were probably meant, the likeliest first."""
    known = {plain(each): each for each in known_datasets()}
    word = plain(name.removesuffix(WORKBOOK_SUFFIX))
    near = [word] if word in known else get_close_matches(word, known, n=3, cutoff=0.75)
    return [known[each] for each in near]


def is_dataset(name: str) -> bool:
    """Whether `name` means a folder with data, or is the name of a dataset under ./data and of nothing else."""
    path = as_stored(Path(name))
    return has_data(path) or (not os.path.lexists(path) and bool(stored_in(DATA, name)))


def known_datasets() -> dict[str, tuple[Path, ...]]:
    """The datasets under ./data by name, each with where it stands; two places where it stands in both forms."""
    folders = [path.parent for path in DATA.glob(f"[!.]*/{DATASET_FILE}")]
    books = [path for path in DATA.glob(f"*{WORKBOOK_SUFFIX}") if not path.name.startswith(("~$", "."))]
    found: dict[str, tuple[Path, ...]] = {}
    for path in (*sorted(folders), *sorted(books)):
        found[dataset_name(path)] = (*found.get(dataset_name(path), ()), path)
    return dict(sorted(found.items()))


def in_two_forms(folder: Path, book: Path) -> Finding:
    """The fault that a folder and a workbook have one name."""
    return IN_TWO_FORMS.at(
        Place(str(folder.parent)), name=dataset_name(folder), folder=str(folder), book=str(book)
    )


def doubles_of(path: Path) -> tuple[Finding, ...]:
    """The oddity that beside the dataset at `path` stands another one of its name."""
    return tuple(
        HAS_DOUBLE.at(Place(str(path)), other=str(other), used=str(path)) for other in shadows_of(path)
    )


def with_name(path: Path) -> Path:
    """The path of a folder by its name, be it given as . or .., so that it has a folder in which it stands."""
    return path if path.name not in ("", "..") else path.resolve()


def check_kind(path: Path) -> None:
    """Raises DataFaults where the file at `path` is no workbook by its name; what is in one is looked at when it is read."""
    if is_workbook(path):
        return
    kind = file_kind(path, DATASET_FILES)
    advice = (
        f"名前の最後を {WORKBOOK_SUFFIX} に直してから、指定してください" if kind is WORKBOOK else kind.advice
    )
    raise DataFaults([OTHER_KIND.at(Place(str(path)), what=kind.name, advice=advice)])


def check_no_file(path: Path) -> None:
    """Raises DataFaults where a file stands at `path`, at which the folder of a dataset is wanted."""
    if os.path.isfile(path):
        raise DataFaults([NO_NAME.at(Place(str(path)), what=file_kind(path, DATASET_FILES).name)])


def check_new_name(path: Path) -> None:
    """Raises DataFaults where data at `path` would be new, and what stands there only differs in width, case or blanks."""
    if os.path.lexists(path) or not os.path.isdir(path.parent):
        return
    wanted = dataset_name(path)
    for other in map(dataset_name, _datasets_in(path.parent)):
        if other != wanted and plain(other) == plain(wanted):
            raise DataFaults([NEAR_NAME.at(Place(str(path.parent)), name=path.name, other=other)])


def check_folder(path: Path) -> None:
    """Raises DataFaults where the folder at `path` has no file of a dataset."""
    if not has_data(path):
        raise DataFaults([NO_DATA.at(Place(str(path)), advice=_advice_on(path))])


def _advice_on(folder: Path) -> str:
    """What to do with a folder without data, by what stands in it."""
    if inside := [composed(str(path)) for path in _datasets_in(folder)]:
        more = " など" if len(inside) > _MOST_NAMES else ""
        return f"中のデータ（{'、'.join(inside[:_MOST_NAMES])}{more}）を指定してください"
    texts = sorted(path.name for path in folder.glob("*.txt"))
    if texts:
        return f"計画の文章なら、handouts import {folder / texts[0]} 名前 で取り込んでください"
    return "場所を確かめてください。新しいデータは handouts new で作れます"


def _datasets_in(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        is_book = path.suffix.lower() == WORKBOOK_SUFFIX and not path.name.startswith(("~$", "."))
        if is_book or has_data(path):
            yield path
