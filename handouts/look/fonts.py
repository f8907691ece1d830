"""The fonts of a handout: their files, families and weights, and the characters that they have."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path

from handouts.characters import is_selector
from handouts.findings import Finding, HandoutError, Place, Rule
from handouts.look.font_file import UnusableFont, forms_in, open_font

UNUSABLE_FONT = Rule(
    "font.unusable",
    "フォントとして使えません。{reason}",
    remedy="壊れていないフォント（.ttf か .otf）に替えるか、フォルダーから出してください",
    severity="warning",
)
MISSING_CHARACTER = Rule(
    "font.character-missing",
    "{character}は、使えるフォントのどれにもありません",
    remedy="別の字に替えるか、この字のあるフォントのファイルを fonts フォルダーに入れてください",
)
UNSEEN_CHARACTER = Rule(
    "font.unseen-character",
    "{character}は、使えるフォントのどれにもありません",
    remedy="その前後を打ち直してください",
)
_SUFFIXES = {".ttf", ".otf"}
_BOLD_FROM = 600  # usWeightClass of SemiBold
# Characters that set nothing, so that no font needs them.
_UNSEEN = frozenset("\n\r\t\u200b\u200c\u200d\u2060\ufeff")


@dataclass(frozen=True, slots=True)
class FontFace:
    """A font as a style sheet names it."""

    family: str
    weight: str
    url: str


@dataclass(frozen=True)
class FontFile:
    """A font file under the family name that it has with us, which is never the one that stands in the file."""

    path: Path
    family: str
    weight: str

    @property
    def url(self) -> str:
        """The file as a URL for a style sheet."""
        return self.path.resolve().as_uri()

    @property
    def face(self) -> FontFace:
        """The font as a style sheet names it."""
        return FontFace(self.family, self.weight, self.url)

    @cached_property
    def characters(self) -> frozenset[str]:
        """The characters that the font has a glyph for; raises HandoutError where its file is damaged."""
        with faults_named(self.path), open_font(self.path) as font:
            return frozenset(map(chr, font.getBestCmap()))

    @cached_property
    def forms(self) -> Mapping[str, bool]:
        """The variation sequences that the font has, and whether each is printed by another glyph than the usual one.

        Raises HandoutError where its file is damaged.
        """
        with faults_named(self.path), open_font(self.path) as font:
            return forms_in(font)


@dataclass(frozen=True, slots=True)
class Fonts:
    """The fonts that can be used, those of the first family leading, and what is wrong with the other files."""

    files: tuple[FontFile, ...]
    findings: tuple[Finding, ...]


def find_fonts(folders: Iterable[Path], first: str) -> Fonts:
    """The font files in `folders`, `first` being the family that comes before all others.

    A family name in a font file is somebody else's text: only where it is `first`, which was checked, it reaches a
    style sheet; the other families get names of our own.
    """
    paths = (path for folder in folders if folder.is_dir() for path in sorted(folder.iterdir()))
    files: list[FontFile] = []
    findings: list[Finding] = []
    names = {first: first}
    for path in (path for path in paths if path.suffix.lower() in _SUFFIXES):
        try:
            family, weight = _family_and_weight(path)
        except UnusableFont as fault:
            findings.append(_unusable(path, fault))
        else:
            files.append(FontFile(path, names.setdefault(family, f"font-{len(names)}"), weight))
    return Fonts(tuple(sorted(files, key=lambda file: file.family != first)), tuple(findings))


def families(fonts: Sequence[FontFile], first: str) -> tuple[str, ...]:
    """The family names, `first` leading, each once."""
    return tuple(dict.fromkeys([first, *(font.family for font in fonts)]))


def _family_and_weight(path: Path) -> tuple[str, str]:
    with open_font(path) as font:
        weight = "bold" if font["OS/2"].usWeightClass >= _BOLD_FROM else "normal"
        return str(font["name"].getBestFamilyName()), weight


@contextmanager
def faults_named(path: Path) -> Iterator[None]:
    """Raises HandoutError with the file and what is wrong with it where the block finds it unusable."""
    try:
        yield
    except UnusableFont as fault:
        raise HandoutError(str(_unusable(path, fault))) from None


def _unusable(path: Path, fault: UnusableFont) -> Finding:
    return UNUSABLE_FONT.at(Place(f"{path.parent.name}/{path.name}"), reason=str(fault))


def missing_characters(html: str, fonts: Sequence[FontFile]) -> tuple[tuple[str, str], ...]:
    """Each character of the page that no font has, with the data-ref of where it stands first."""
    wanted = {character for character in set(html) - _UNSEEN if not is_selector(character)}
    for font in fonts:
        wanted -= font.characters
        if not wanted:
            return ()
    first: dict[str, str] = {}
    for character, ref in places_in(html, lambda text: filter(wanted.__contains__, text)):
        first.setdefault(character, ref)
    return tuple(first.items())


def places_in(html: str, find: Callable[[str], Iterable[str]]) -> tuple[tuple[str, str], ...]:
    """What `find` finds in the texts of the page, in order, each with the data-ref of where it stands, once."""
    locator = _Locator(find)
    locator.feed(html)
    return tuple(locator.found)


class _Locator(HTMLParser):
    """Finds the places of what is looked for; only run where it is somewhere."""

    def __init__(self, find: Callable[[str], Iterable[str]]) -> None:
        super().__init__()
        self.find = find
        self.ref = ""
        self.unseen = False
        self.found: dict[tuple[str, str], None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unseen = tag == "style"
        self.ref = next((value for name, value in attrs if name == "data-ref" and value), self.ref)
        # What a chart shows is in its picture; its alternative text says the same.
        self.handle_data(next((value for name, value in attrs if name == "alt" and value), ""))

    def handle_data(self, data: str) -> None:
        for piece in () if self.unseen else self.find(data):
            self.found.setdefault((piece, self.ref))


def missing_findings(
    missing: Sequence[tuple[str, str]], places: Mapping[str, Place], fallback: Place
) -> tuple[Finding, ...]:
    """A fault for each character that cannot be printed, where the entry of its data-ref stands."""
    return tuple(
        character_finding(character, place_of_ref(ref, places) or fallback) for character, ref in missing
    )


def character_finding(character: str, place: Place) -> Finding:
    """A fault for a character at `place` that no font has."""
    rule = UNSEEN_CHARACTER if _is_invisible(character) else MISSING_CHARACTER
    return rule.at(place, character=_described(character))


def place_of_ref(ref: str, places: Mapping[str, Place]) -> Place | None:
    """Where the entry of a data-ref stands; a row of a monthly table has the year behind the id of its table."""
    ref = ref.split(".")[0]
    while ref not in places and "-" in ref:
        ref = ref.rpartition("-")[0]
    return places.get(ref)


def _described(character: str) -> str:
    code = f"U+{ord(character):04X}"
    if _is_invisible(character):
        return f"目に見えない文字（{code}。異体字や文字の向きの指定など）"
    return f"{'外字' if unicodedata.category(character) == 'Co' else '文字'}「{character}」（{code}）"


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) == "Cf" or "VARIATION SELECTOR" in unicodedata.name(character, "")
