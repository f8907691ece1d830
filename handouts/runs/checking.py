"""The one pipeline: a dataset read, checked, and everything found in order; alone, or with those that it is compared with."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from string import ascii_uppercase

from handouts.checks import check_dataset, check_earlier, check_handouts, check_previous
from handouts.checks.silences import SilencedFinding, apply_silences
from handouts.dataset.editions import saved_edition, saved_editions
from handouts.dataset.folder import read_folder
from handouts.dataset.kinds import KINDS, Prints
from handouts.dataset.model import Dataset, Datasets
from handouts.dataset.reading import Reading, in_file_order, place_of
from handouts.dataset.schemas import DATASET
from handouts.dataset.stored import dataset_name, folders_of_others, is_workbook, look_up, places_in
from handouts.findings import Finding, Place, Rule, errors_of
from handouts.measures.printed_places import printed_place, printed_places
from handouts.runs.snapshots import NO_FILES, Snapshot, take_snapshot

PART_USED = Rule(
    "workbook.part-used",
    "このブックには「{group}」の分の行しかありません",
    "資料を作ったり確かめたりするのは、全体のデータです",
    "handouts workbook collect {file} データ で全体のデータに入れてから、全体のほうを使ってください",
)
PREVIOUS_MISSING = Rule(
    "comparison.previous-missing",
    "前年度のデータ「{name}」が {where}ありません",
    remedy="前年度のフォルダーかブックを、隣か data フォルダーに置いてください。ないままなら、前年度の欄と変更の印なしで作ります",
    severity="warning",
)
EARLIER_MISSING = Rule(
    "comparison.earlier-missing",
    "審査を受ける前の版「{name}」が、残した版にも、データとして {where}ありません",
    remedy="残した版の名前（handouts edition list で分かります）か、隣か data フォルダーにあるデータの名前を書いてください。"
    "ないままなら、KPI の変更前の欄なしで作ります",
    severity="warning",
)
EARLIER_NOT_NAMED = Rule(
    "comparison.earlier-not-named",
    "最終報告を作りますが、審査を受ける前の版が書かれていません。残した版には {names} があります",
    remedy="{earlier} に、審査を受ける前の版の名前を書いてください。書かなければ、KPI の変更前の欄なしで作ります",
    severity="warning",
    earlier=DATASET("earlier"),
)
EDITION_AND_DATASET = Rule(
    "comparison.edition-and-dataset",
    "審査を受ける前の版「{name}」は、残した版にも、データ（{other}）にもあります。残した版と比べます",
    remedy="データのほうと比べるなら、データか版の名前を変えてください",
    severity="warning",
)
OTHER_IN_TWO_FORMS = Rule(
    "comparison.two-forms",
    "比べるデータ「{name}」には、フォルダー（{folder}）とブック（{book}）の両方があります。フォルダーのほうと比べます",
    remedy="要らないほうを別の場所へ移すか、名前を変えてください",
    severity="warning",
)

# What a dataset is compared with: the key that names it, the letter before its refs, the rules on both, and what is said
# where it is not there.
_COMPARED = (
    ("previous", "o", check_previous, PREVIOUS_MISSING),
    ("earlier", "e", check_earlier, EARLIER_MISSING),
)


@dataclass(frozen=True, slots=True)
class CheckedDataset:
    """A dataset with those that it is compared with, where each of their entries stands, and what was found.

    `dataset` is None where too little could be read, `previous` and `earlier` also where none is named or there.
    `places` has last year's refs with the letter o before them, as the printed page has, and those of the earlier
    edition with an e. `snapshot` has the files of all of them as they were before they were read.
    """

    path: Path
    dataset: Dataset | None
    previous: Dataset | None
    earlier: Dataset | None
    places: Mapping[str, Place]
    findings: tuple[Finding, ...]
    silenced: tuple[SilencedFinding, ...]
    snapshot: Snapshot

    @property
    def datasets(self) -> Datasets:
        """The dataset with those that it is compared with, where it could be read."""
        assert self.dataset is not None
        return Datasets(self.dataset, self.previous, self.earlier)

    @property
    def name(self) -> str:
        """The name of the dataset."""
        return dataset_name(self.path)

    def stops(self, strict: bool) -> bool:
        """Whether nothing can be made of it: a fault, or with `strict` any oddity."""
        return self.dataset is None or any(strict or finding.severity == "error" for finding in self.findings)


def read_checked(path: Path, kinds: Collection[str] = ()) -> CheckedDataset:
    """The dataset at `path` with last year's and the earlier edition that it names, stored beside it or in data.

    It is checked for the handouts that it lists, and for those of `kinds`, which somebody asks for beside them.
    """
    snapshot = take_snapshot(path)
    reading = _asked_for(read_stored(path), kinds)
    dataset, places = reading.dataset, reading.places
    # What is to be made of it, and what does not fit between the datasets.
    found = list(check_handouts(dataset, places)) if dataset else []
    beside_it: list[Finding] = []  # in the others
    others: dict[str, Dataset | None] = {}
    for key, letter, check, missing in _COMPARED:
        other = _named_by(path, dataset, places, key, missing) if dataset else _Other()
        snapshot = snapshot.followed_by(other.snapshot)
        found += other.findings
        others[key] = there = other.reading.dataset if other.reading else None
        if other.reading:
            # A mapping of its own, since what was found in the one before is remembered.
            places = {**places, **{f"{letter}{ref}": at for ref, at in other.reading.places.items()}}
            # Nobody mends an edition that was saved; it had no faults then.
            beside_it += errors_of(other.reading.findings) if other.is_saved else checked(other.reading)[0]
        if dataset and there:
            found += check(dataset, there, places)
    found += _named_editions(path, dataset, places) if dataset else ()
    findings, silenced = checked(reading, found)
    once = tuple(dict.fromkeys((*findings, *beside_it)))  # one that names itself as another one is read twice
    previous, earlier = others["previous"], others["earlier"]
    return CheckedDataset(path, dataset, previous, earlier, places, once, silenced, snapshot)


@dataclass(frozen=True, slots=True)
class _Other:
    """What came of a dataset that another one names: None where none is named or there; `findings` are on the name.

    `is_saved`: it is a saved edition of the same dataset.
    """

    reading: Reading | None = None
    findings: tuple[Finding, ...] = ()
    snapshot: Snapshot = NO_FILES
    is_saved: bool = False


def _named_by(path: Path, dataset: Dataset, places: Mapping[str, Place], key: str, missing: Rule) -> _Other:
    """The dataset that the one at `path` names with `key`, as it stands beside it or in data."""
    name: str | None = getattr(dataset, key)
    if not name:
        return _Other()
    saved = saved_edition(path, name) if key == "earlier" else None
    stored = (saved,) if saved else look_up(path, name)
    wanted = stored or [place for folder in folders_of_others(path) for place in places_in(folder, name)]
    snapshot, place = take_snapshot(*wanted), place_of(f"dataset:{key}", places)
    if not stored:
        return _Other(None, (missing.at(place, name=name, where=_where(path)),), snapshot)
    folder, *books = map(str, stored)
    doubles = tuple(OTHER_IN_TWO_FORMS.at(place, name=name, folder=folder, book=book) for book in books)
    return _Other(read_stored(stored[0]), doubles, snapshot, bool(saved))


def _asked_for(reading: Reading, kinds: Collection[str]) -> Reading:
    """The reading of a dataset that lists these kinds as well."""
    if reading.dataset is None:
        return reading
    asked = {kind: reading.dataset.settings(kind) for kind in kinds}
    listing = replace(reading.dataset, handouts={**reading.dataset.handouts, **asked})
    return replace(reading, dataset=listing)


def _named_editions(path: Path, dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """What is odd in how a dataset names the edition before headquarters' review."""
    place, name = place_of("dataset:earlier", places), dataset.earlier
    if name and saved_edition(path, name) and (others := look_up(path, name)):
        yield EDITION_AND_DATASET.at(place, name=name, other=str(others[0]))
    known = [] if name else [one for one in saved_editions(path) if one != dataset.edition]
    if known and any(Prints.FINAL_PLAN in KINDS[kind].prints for kind in dataset.handouts):
        yield EARLIER_NOT_NAMED.at(place, names="、".join(known))


def _where(path: Path) -> str:
    """For example data に, or desktop にも data にも."""
    folders = folders_of_others(path)
    return f"{folders[0]} に" if len(folders) == 1 else " ".join(f"{folder} にも" for folder in folders)


def checked(
    reading: Reading, found: tuple[Finding, ...] | list[Finding] = ()
) -> tuple[tuple[Finding, ...], tuple[SilencedFinding, ...]]:
    """All that was found in a dataset and is to be shown, in order, and what is silenced; `found` is known already."""
    dataset = reading.dataset
    if dataset is None:
        return in_order(reading.findings), ()
    rules = _on_sound_rows((*check_dataset(dataset, reading.places), *found), reading.findings)
    shown, silenced = apply_silences((*reading.findings, *rules), dataset, reading.places)
    printed = printed_places(dataset) if shown else {}
    placed = [
        replace(one, place=replace(one.place, printed=printed_place(one.place.ref, printed))) for one in shown
    ]
    return in_order(_as_sheets_say(placed, dataset)), silenced


def _as_sheets_say(findings: Sequence[Finding], dataset: Dataset) -> Sequence[Finding]:
    """The findings, those on cells with names in the placeholders that they repeat."""
    if not any(finding.place.cell for finding in findings):
        return findings
    from handouts.excel.named_placeholders import as_in_sheets

    return [as_in_sheets(finding, dataset) if finding.place.cell else finding for finding in findings]


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, each once, in the order of the files and lines, or of the sheets and cells."""
    once = tuple(dict.fromkeys(findings))
    if not any(finding.place.cell for finding in once):
        return in_file_order(once)
    from handouts.excel.reading import in_sheet_order

    return in_sheet_order(once)


def read_stored(path: Path, part: Rule = PART_USED) -> Reading:
    """The dataset at `path`, a folder or a workbook, without the rules across its entries.

    None with the finding `part` where the workbook has the rows of one group only.
    """
    if not is_workbook(path):
        return _named(read_folder(path), path)
    from handouts.excel.reading import read_workbook

    reading = read_workbook(path)
    if not reading.group:
        return reading
    found = part.at(Place(path.name), group=reading.group, file=path.name)
    return replace(reading, dataset=None, findings=(found, *reading.findings))


def last_year_of(path: Path, dataset: Dataset) -> Dataset | None:
    """Last year's dataset that the one at `path` names, where it is stored beside it or in data and can be read."""
    stored = look_up(path, dataset.previous) if dataset.previous else ()
    return read_stored(stored[0]).dataset if stored else None


def _named(reading: Reading, path: Path) -> Reading:
    """The reading with the dataset's name before each file, since both years have files of the same names."""
    name = dataset_name(path)

    def named(place: Place) -> Place:
        return place if place.file == str(path) else replace(place, file=f"{name}/{place.file}")

    return replace(
        reading,
        findings=tuple(finding.moved(named) for finding in reading.findings),
        places={ref: named(place) for ref, place in reading.places.items()},
    )


def _on_sound_rows(found: Iterable[Finding], others: Iterable[Finding]) -> Iterator[Finding]:
    """Those that are not about a row of a sheet of which a cell has a fault among `others`."""
    faulty = {_row(one.place) for one in others if one.severity == "error"} - {None}
    return (one for one in found if _row(one.place) not in faulty)


def _row(place: Place) -> str | None:
    """The sheet and row of a cell; None for what is no cell."""
    sheet, _, cell = (place.cell or "").rpartition("!")
    return f"{sheet}!{cell.lstrip(ascii_uppercase)}" if sheet else None
