"""The characters of a paragraph as a reader compares them, each with its place in the given text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# A letter and the accents or voicing marks typed after it normalise together: ｶ and ﾞ are one ガ.
_LETTER = re.compile("\\s|\\S[\u0300-\u036f\u3099\u309a\uff9e\uff9f\ufe00-\ufe0f\U000e0100-\U000e01ef]*")

# Windows and macOS type these differently for the same key; NFKC keeps them apart.
_SAME_KEY = str.maketrans({"〜": "~", "−": "-", "‐": "-", "‑": "-", "–": "-", "—": "-", "―": "-"})


@dataclass(frozen=True, slots=True)
class Characters:
    """Normalised characters, and for each the [start, end) of the given text that it came from."""

    text: str
    places: tuple[tuple[int, int], ...]

    def is_apart(self, position: int) -> bool:
        """Tell whether blanks part the character at `position` from the one before it."""
        return 0 < position < len(self.places) and self.places[position][0] > self.places[position - 1][1]


@lru_cache(maxsize=4096)
def normalise(text: str, start: int = 0) -> Characters:
    """Return the printed characters of `text` from `start` on, without regard to width and blanks."""
    characters: list[str] = []
    places: list[tuple[int, int]] = []
    for letter in _LETTER.finditer(text, start):
        printed = _print_form(letter.group())
        characters.append(printed)
        places.extend([letter.span()] * len(printed))
    return Characters("".join(characters), tuple(places))


@lru_cache(maxsize=8192)
def _print_form(letter: str) -> str:
    normalised = unicodedata.normalize("NFKC", letter).translate(_SAME_KEY)
    return "".join(filter(_is_printed, normalised))


def _is_printed(character: str) -> bool:
    return not character.isspace() and unicodedata.category(character) not in ("Cc", "Cf")
