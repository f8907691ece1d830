"""The files of earlier builds that belong to no handout of the dataset any more, found by their names."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from handouts.characters import composed
from handouts.compose.page import branch_name, compose_front
from handouts.dataset.kinds import KINDS, HandoutKind, kinds_of
from handouts.dataset.model import Dataset
from handouts.files import file_name
from handouts.findings import Finding, Place, Rule
from handouts.runs.formats import FORMATS

OLD_HANDOUT = Rule(
    "build.old-handout",
    "前に作った資料が残っています。今のデータからは、この名前の資料はできません",
    remedy="取り違えないように、要らなければ消すか、ほかの場所へ移してください",
    severity="warning",
)
_PROPERTIES = "docProps/core.xml"
_LONGEST = 100_000  # bytes of the properties of a file


def old_handouts(folder: Path, dataset: Dataset, kinds: Sequence[str]) -> Iterator[Finding]:
    """The handouts in the dataset's folder of the output that a build makes no more; files of somebody else are none.

    Where only some kinds were asked for, any kind may have been asked for before.
    """
    usual: Sequence[HandoutKind] = tuple(KINDS.values()) if kinds else kinds_of(dataset, ())
    stems = {composed(file_name(compose_front(dataset, kind).file_stem)) for kind in usual}
    files = sorted(path for path in folder.iterdir() if path.suffix.removeprefix(".") in FORMATS)
    old = [path for path in files if composed(path.stem) not in stems]
    ours = {path.stem for path in old if _is_ours(path, dataset)}
    return (OLD_HANDOUT.at(Place(str(path))) for path in old if path.stem in ours)


def _is_ours(path: Path, dataset: Dataset) -> bool:
    """Whether a file bears the office that our files have as their author, or such a name as we give them."""
    author = compose_front(dataset, next(iter(KINDS.values()))).author
    name = composed(path.stem)
    is_named_so = branch_name(dataset) in name and "年度" in name and "_" in name
    return is_named_so or f">{author}<".encode() in _properties(path)


def _properties(path: Path) -> bytes:
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo(_PROPERTIES).file_size > _LONGEST:
                return b""
            return archive.read(_PROPERTIES)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return b""
