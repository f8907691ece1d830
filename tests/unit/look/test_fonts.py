"""Fonts: which there are, and which characters none of them has."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.findings import HandoutError, Place
from handouts.look.fonts import families, find_fonts, missing_characters, missing_findings
from tests.pages import fonts


def test_the_shipped_fonts_are_one_family_in_two_weights() -> None:
    assert {(font.family, font.weight) for font in fonts()} == {
        ("BIZ UDGothic", "normal"),
        ("BIZ UDGothic", "bold"),
    }


def test_the_characters_of_plans_and_tables_are_all_there() -> None:
    text = "Ⅰ．１（１）①⑳アＡ．ⅰ）○〇◎△×□◆■※【】・％㎜→～①髙﨑辻祇"
    assert missing_characters(f'<p data-ref="plan:a">{text}</p>', fonts()) == ()


def test_a_missing_character_is_named_with_its_first_place() -> None:
    html = '<p data-ref="plan:a">よい</p><p data-ref="budget:b">花🌸と🌸</p>'
    assert missing_characters(html, fonts()) == (("🌸", "budget:b"),)


def test_the_message_says_which_character_and_where_it_was_entered() -> None:
    places = {"budget:b": Place("budget.yaml", 3, 11)}
    finding = missing_findings((("🌸", "budget:b.yen"),), places, Place("gunma-r7"))[0]
    assert str(finding).startswith("budget.yaml 3行11文字目: 文字「🌸」（U+1F338）")
    assert "fonts フォルダー" in finding.remedy


def test_a_font_of_the_working_folder_comes_after_the_first_family() -> None:
    assert families(fonts(), "BIZ UDGothic") == ("BIZ UDGothic",)


def test_a_file_that_is_no_font_is_explained(tmp_path: Path) -> None:
    (tmp_path / "broken.ttf").write_bytes(b"not a font")
    with pytest.raises(HandoutError, match="フォントとして読めません"):
        find_fonts([tmp_path])


def test_a_character_of_a_row_of_months_stands_where_its_table_does() -> None:
    places = {"monthly:kenshin-rate": Place("monthly.yaml", 4)}
    [finding] = missing_findings([("\U00020bb7", "monthly:kenshin-rate-r3")], places, Place("gunma-r3"))
    assert finding.place == Place("monthly.yaml", 4)
