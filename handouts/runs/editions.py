"""Editions of a dataset as runs: one is saved as the data are now, all are listed, one is read again."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

from handouts.dataset.columns import plain
from handouts.dataset.editions import (
    EDITIONS_FOLDER,
    files_of,
    is_saved_edition,
    saved_edition,
    saved_editions,
)
from handouts.dataset.model import Dataset, Edition
from handouts.dataset.reading import Reading, place_of
from handouts.dataset.schemas import DATASET
from handouts.dataset.stored import dataset_name, is_workbook
from handouts.files import OWN_FOLDER, Occasion, Step, digest, file_name, write_files
from handouts.findings import DataFaults, Finding, HandoutError, Place, Rule, errors_of
from handouts.runs.checking import read_stored
from handouts.runs.snapshots import take_snapshot

_READ_ONLY = 0o444
_RECORDS = f"{OWN_FOLDER}/editions"
UNREADABLE = Rule(
    "edition.unreadable",
    "今のデータに誤りがあり、版として残せません",
    "残した版は、あとで読んで比べます",
    "次の誤りを直してから、残してください",
)
PART_SAVED = Rule(
    "edition.part",
    "このブックには「{group}」の分の行しかありません",
    "版として残すのは、すべての行があるデータです",
    "全体のデータの名前を書いてください",
)
OTHER_EDITION = Rule(
    "edition.other-name",
    "版「{name}」を残しますが、データの {edition} は「{own}」です",
    "{edition} は、資料の表紙の（案）などになります",
    "名前のとおりの版なら、{edition} を直してから、handouts edition save {name} {dataset} --replace で残し直してください",
    "warning",
    edition=DATASET("edition"),
)


@dataclass(frozen=True, slots=True)
class SavedEdition:
    """A saved edition: its name, where it stands, when it was saved, and in how many places of each sheet the data differ.

    `when` is None where no record says it, `differences` where it cannot be read. `is_touched`: somebody has changed
    its files since. `edition` is what it says itself of its edition.
    """

    name: str
    path: Path
    when: datetime.datetime | None
    differences: Mapping[str, int] | None
    is_touched: bool = False
    edition: str = ""


def check_edition_name(path: Path, name: str) -> None:
    """Raises HandoutError where no edition of the dataset at `path` can be saved by this name."""
    possible = file_name(name).lstrip(".")
    if name != possible or is_workbook(Path(name)):
        raise HandoutError(
            f"版の名前「{name}」は使えません。記号と空白のない名前にしてください（例 {possible.partition('.')[0] or '案'}）。"
        )
    for other in saved_editions(path):
        if other != name and plain(other) == plain(name):
            raise HandoutError(
                f"「{name}」とよく似た名前の版「{other}」があります。見分けの付く名前にしてください。"
            )


def save_edition(path: Path, name: str, occasion: Occasion) -> tuple[tuple[Path, ...], tuple[Finding, ...]]:
    """Saves the dataset at `path` as it is now; returns what was written, none where it stands there so, and what is odd.

    One that was saved by this name before is replaced. Raises DataFaults where the dataset has faults.
    """
    check_edition_name(path, name)
    snapshot = take_snapshot(path)
    reading = read_stored(path, PART_SAVED)
    faults = errors_of(reading.findings)
    if reading.dataset is None or faults:
        raise DataFaults(faults if reading.group else (UNREADABLE.at(Place(str(path))), *faults))
    odd = tuple(_contradiction(name, reading.dataset, reading))
    contents = _contents(path, name)
    if is_saved_as_now(path, name):
        return (), odd
    record = _record(occasion, contents)
    group = {**_without_old(path, name), **contents, _record_name(path, name): record}
    step = Step(occasion, dataset_name(path), (f"版「{name}」を残した",))
    written = write_files(path.parent, group, _READ_ONLY, snapshot.check, step)
    return tuple(file for file in written if str(file.relative_to(path.parent)) in contents), odd


def _contradiction(name: str, dataset: Dataset, reading: Reading) -> Iterator[Finding]:
    """The name speaks of an edition that is not what the dataset says of itself."""
    named = [edition for edition in get_args(Edition) if name.startswith(edition)]
    if named and dataset.edition not in named:
        place = place_of("dataset:edition", reading.places)
        yield OTHER_EDITION.at(place, name=name, own=dataset.edition, dataset=dataset.name)


def _stored_name(path: Path, name: str, file: str) -> str:
    """The name below the folder of the dataset at `path` of a file of its edition."""
    folder = f"{EDITIONS_FOLDER}/{dataset_name(path)}"
    return f"{folder}/{name}/{file}" if file else f"{folder}/{name}{path.suffix.lower()}"


def _contents(path: Path, name: str) -> dict[str, bytes]:
    """What an edition of the dataset as it is now holds: contents by name below the folder of the dataset."""
    return {_stored_name(path, name, file): at.read_bytes() for file, at in files_of(path).items()}


def is_saved_as_now(path: Path, name: str) -> bool:
    """Whether the edition that is saved by this name is the dataset at `path` as it is now."""
    contents = _contents(path, name)
    return _without_old(path, name).keys() == contents.keys() and all(
        (path.parent / file).read_bytes() == content for file, content in contents.items()
    )


def _without_old(path: Path, name: str) -> dict[str, bytes | None]:
    """The files of the edition that was saved by this name, to be gone."""
    stored = saved_edition(path, name)
    files = files_of(stored).values() if stored else ()
    return {file.relative_to(path.parent).as_posix(): None for file in files}


def _record_name(path: Path, name: str) -> str:
    return f"{_RECORDS}/{dataset_name(path)}/{name}.json"


def _record(occasion: Occasion, contents: Mapping[str, bytes]) -> bytes:
    digests = {file: digest(content) for file, content in contents.items()}
    return json.dumps(
        {"when": occasion.when.isoformat(), "files": digests}, ensure_ascii=False, indent=1
    ).encode()


def list_editions(path: Path, today: Dataset | None) -> list[SavedEdition]:
    """The saved editions of the dataset at `path` in the order in which they were saved, compared with it as it is now."""
    found = [_described(path, name, stored, today) for name, stored in saved_editions(path).items()]
    return sorted(found, key=lambda one: (one.when is None, one.when or datetime.datetime.min, one.name))


def _described(path: Path, name: str, stored: Path, today: Dataset | None) -> SavedEdition:
    when, digests = _read_record(path, name)
    now = {file.relative_to(path.parent).as_posix(): file for file in files_of(stored).values()}
    is_touched = bool(digests) and (
        digests.keys() != now.keys() or any(digest(now[file].read_bytes()) != digests[file] for file in now)
    )
    dataset = _read(path, stored).dataset
    differences = None if dataset is None or today is None else differences_by_sheet(dataset, today)
    return SavedEdition(name, stored, when, differences, is_touched, dataset.edition if dataset else "")


def _read_record(path: Path, name: str) -> tuple[datetime.datetime | None, Mapping[str, str]]:
    """When an edition was saved and what its files held; nothing where the record is not there, or none of ours."""
    try:
        record = json.loads((path.parent / _record_name(path, name)).read_bytes())
        return datetime.datetime.fromisoformat(record["when"]), {**record["files"]}
    except (OSError, ValueError, TypeError, KeyError):
        return None, {}


def saved_when(path: Path, name: str) -> datetime.datetime | None:
    """When the edition of the dataset at `path` was saved; None where no record says it."""
    return _read_record(path, name)[0]


def differences_by_sheet(old: Dataset, new: Dataset) -> Mapping[str, int]:
    """In how many places two datasets differ, by the sheets of the input workbook; those that do not are left out."""
    from handouts.excel.changes import changes_between

    return Counter(change.sheet for change in changes_between(old, new))


def read_edition(path: Path, name: str) -> Dataset:
    """The edition `name` of the dataset at `path` as it was saved; raises DataFaults where its files are damaged."""
    stored = saved_edition(path, name)
    if stored is None:
        raise HandoutError(no_edition(path, name, saved_editions(path)))
    reading = _read(path, stored)
    faults = errors_of(reading.findings)
    if reading.dataset is None or faults:
        raise DataFaults(faults)
    return reading.dataset


def _read(path: Path, stored: Path) -> Reading:
    """A saved edition of the dataset at `path`, under the name of that dataset."""
    reading = read_stored(stored)
    dataset = reading.dataset and replace(reading.dataset, name=dataset_name(path))
    return replace(reading, dataset=dataset)


def no_edition(path: Path, name: str, known: Collection[str]) -> str:
    """What is said where no edition is saved by this name."""
    own = dataset_name(path)
    if not known:
        return f"{own} には、残した版がまだありません。handouts edition save {name} {own} で、今のデータを残せます。"
    return f"{own} に「{name}」という版はありません。残してあるのは {'、'.join(known)} です。"


def check_not_saved(path: Path) -> None:
    """Raises HandoutError where `path` is a saved edition, which nobody writes into."""
    if is_saved_edition(path):
        raise HandoutError(
            f"{path} は、残した版です。書き換えません。直すのは、今のデータ（{path.absolute().parent.name}）のほうです。"
        )
