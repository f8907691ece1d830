"""What a build would stop at, found without a PDF and without writing anything.

Most datasets have only common characters, and most working folders no templates or fonts of their own: for them nothing
is composed and no library is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.characters import is_selector
from handouts.checks.texts import characters_of
from handouts.dataset.kinds import kinds_of
from handouts.findings import Finding, HandoutError, Place, Rule
from handouts.look.common_characters import uncommon_characters
from handouts.runs.checking import CheckedDataset
from handouts.shipped import folders

if TYPE_CHECKING:
    from handouts.runs.settings import BuildSettings

REFUSED = Rule("build.refused", "このままでは資料を作れません。{reason}")
_OWN = ("templates", "fonts")


def refused_findings(
    sources: Sequence[CheckedDataset], working_folder: Path, environ: Mapping[str, str]
) -> tuple[Finding, ...]:
    """What stands against the handouts of the datasets beside what was found in these, as a build would say it."""
    has_own = any(len(folders(name, working_folder)) > 1 for name in _OWN)
    found = [finding for source in sources for finding in _same_names(source)]
    odd = [source for source in sources if source.dataset and (has_own or _uncommon(source))]
    if odd or has_own:
        from handouts.runs.settings import read_build_settings

        try:
            settings = read_build_settings(working_folder, working_folder, environ)
        except HandoutError as error:
            return (*found, REFUSED.at(Place("templates"), reason=str(error)))
        found += settings.findings
        found += (finding for source in odd for finding in _rehearsed(source, settings))
    return tuple(dict.fromkeys(found))


def _same_names(source: CheckedDataset) -> Iterator[Finding]:
    """Handouts whose files would have the same name."""
    if source.dataset is None or len(source.dataset.handouts) < 2:
        return
    from handouts.compose.page import compose_front
    from handouts.files import file_name
    from handouts.runs.build import SAME_FILE_NAME

    names: set[str] = set()
    for kind in kinds_of(source.dataset):
        name = file_name(compose_front(source.dataset, kind).file_stem)
        if name in names:
            yield SAME_FILE_NAME.at(Place(source.name), handout=kind.name)
        names.add(name)


def _uncommon(source: CheckedDataset) -> frozenset[str]:
    datasets = filter(None, (source.dataset, source.previous, source.earlier))
    return uncommon_characters({character for dataset in datasets for character in characters_of(dataset)})


def _rehearsed(source: CheckedDataset, settings: BuildSettings) -> Iterator[Finding]:
    """What is found while the handouts of a dataset are made, without their PDF; of a faulty one the characters only."""
    from handouts.runs.build import make_handout
    from handouts.runs.unprintable import unprintable_findings

    assert source.dataset is not None
    if source.stops(strict=False):
        missing = _uncommon(source).difference(*(font.characters for font in settings.fonts))
        characters = [(character, "") for character in sorted(missing) if not is_selector(character)]
        yield from unprintable_findings(characters, source)
        return
    for kind in kinds_of(source.dataset):
        try:
            yield from make_handout(kind, source, ("docx", "xlsx", "html"), settings).findings
        except HandoutError as error:
            yield REFUSED.at(Place("templates"), reason=str(error))
