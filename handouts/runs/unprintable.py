"""Where the characters that no font has were entered: every line and cell with one of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from handouts.checks.texts import filled_texts, plain_texts
from handouts.dataset.reading import place_of
from handouts.findings import Finding, Place
from handouts.look.fonts import character_finding, missing_findings
from handouts.runs.checking import CheckedDataset


def unprintable_findings(missing: Sequence[tuple[str, str]], source: CheckedDataset) -> tuple[Finding, ...]:
    """A fault for each place of each character, given with the data-ref of where the page has it first."""
    entered = tuple(_entered_characters({character for character, _ in missing}, source))
    known = {character for character, _ in entered}
    rest = [(character, ref) for character, ref in missing if character not in known]
    found = (character_finding(character, place) for character, place in entered)
    return (*dict.fromkeys(found), *missing_findings(rest, source.places, Place(source.name)))


def _entered_characters(characters: Collection[str], source: CheckedDataset) -> Iterator[tuple[str, Place]]:
    """Each of the characters with each place of it in the texts of the dataset and of those that it is compared with."""
    for letter, dataset in (("", source.dataset), ("o", source.previous), ("e", source.earlier)):
        if dataset is None:
            continue
        places = {
            ref.removeprefix(letter): place for ref, place in source.places.items() if ref.startswith(letter)
        }
        for text in (*filled_texts(dataset), *plain_texts(dataset)):
            for character in dict.fromkeys(text.text):
                if character in characters:
                    yield character, place_of(text.ref, places)
