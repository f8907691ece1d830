"""Variation sequences on a page: an ideograph in the form that somebody chose (葛󠄀), where a font has it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from handouts.characters import SEQUENCE, sequences_in, without_selectors
from handouts.findings import Finding, Place, Rule
from handouts.look.fonts import FontFile, place_of_ref, places_in

FORM_MISSING = Rule(
    "font.form-missing",
    "{form}は、使えるフォントのどれにもないので、{printed}で印刷します",
    remedy="この字形のあるフォントのファイルを fonts フォルダーに入れるか、字を打ち直してください",
    severity="warning",
)
# What is not text that a reader sees: tags, the name of the file, the style sheet.
_TEXT = re.compile(r"(<title\b.*?</title>|<style\b.*?</style>|<[^>]*>)", re.DOTALL)


def print_forms(html: str, fonts: Sequence[FontFile]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The page with each variation sequence as a font prints it, and those that none does, with their data-refs.

    One that no font has loses its selector; one that a later font has names that font.
    """
    families = {sequence: _printing_family(sequence, fonts) for sequence in sequences_in(html)}
    if not families:
        return html, ()
    found = places_in(html, lambda text: [one for one in SEQUENCE.findall(text) if not families.get(one)])
    entered = {sequence for sequence, ref in found if ref}
    lost = tuple((sequence, ref) for sequence, ref in found if ref or sequence not in entered)
    usual = {sequence for sequence, family in families.items() if family == _first_family(sequence, fonts)}

    def written(found: re.Match[str], is_text: bool) -> str:
        sequence = found[0]
        if not (family := families.get(sequence)):
            return without_selectors(sequence)
        return sequence if sequence in usual or not is_text else _in_font(sequence, family)

    parts = _TEXT.split(html)
    # Texts and what is between them stand by turns.
    return "".join(
        SEQUENCE.sub(lambda found, is_text=number % 2 == 0: written(found, is_text), part)
        for number, part in enumerate(parts)
    ), lost


def without_usual_forms(html: str, fonts: Sequence[FontFile]) -> str:
    """The page without the selectors that choose the form that is the usual one of the font anyway.

    In a PDF a glyph stands for one text alone, so that every 葛 would be found as 葛 with its selector.
    """
    if not sequences_in(html):
        return html

    def plain(found: re.Match[str]) -> str:
        is_other = any(font.forms.get(found[0], False) for font in fonts)
        return found[0] if is_other else without_selectors(found[0])

    return SEQUENCE.sub(plain, html)


def _printing_family(sequence: str, fonts: Sequence[FontFile]) -> str:
    """The first family that has a variation sequence in all weights in which it has the character; empty for none."""
    for family in dict.fromkeys(font.family for font in fonts):
        files = [font for font in fonts if font.family == family and sequence[0] in font.characters]
        if files and all(sequence in font.forms for font in files):
            return family
    return ""


def _first_family(sequence: str, fonts: Sequence[FontFile]) -> str:
    """The family in which the character itself is set."""
    return next((font.family for font in fonts if sequence[0] in font.characters), "")


def _in_font(sequence: str, family: str) -> str:
    return f'<span data-font="{family}">{sequence}</span>'


def lost_form_findings(
    lost: Sequence[tuple[str, str]], places: Mapping[str, Place], fallback: Place
) -> tuple[Finding, ...]:
    """A warning for each variation sequence that is printed in the usual form, where it was entered."""
    return tuple(
        FORM_MISSING.at(
            place_of_ref(ref, places) or fallback,
            form=f"{f'「{base}」に' if base else ''}指定された字形（U+{ord(sequence[-1]):04X}）",
            printed=f"ふつうの字形の「{base}」" if base else "指定なし",
        )
        for sequence, ref in lost
        for base in [without_selectors(sequence)]
    )
