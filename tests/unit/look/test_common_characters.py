"""What is taken for common is in the fonts that come with the program."""

from __future__ import annotations

from pathlib import Path

from handouts.look.common_characters import uncommon_characters
from handouts.look.fonts import find_fonts
from handouts.shipped import shipped_folder


def test_each_font_that_comes_with_the_program_has_all_common_characters() -> None:
    everything = {chr(code) for code in range(0x20, 0x30000) if not 0xD800 <= code < 0xE000}
    common = everything - uncommon_characters(everything)
    fonts = find_fonts([Path(shipped_folder("fonts"))], "BIZ UDGothic").files
    assert fonts
    assert [common - font.characters for font in fonts] == [set() for _ in fonts]
    assert len(common) > 10_000


def test_the_characters_of_a_plan_are_common_and_others_are_not() -> None:
    assert uncommon_characters("Ⅰ．健診①～〜−―\n髙﨑葛◎○△×□㈱㎡") == frozenset()
    assert uncommon_characters("𠮷\ue000\U000e0100⦅") == frozenset("𠮷\ue000\U000e0100⦅")
