"""Fonts: which there are, and which characters none of them has."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from handouts.findings import HandoutError, Place
from handouts.look.cutting import cut_fonts
from handouts.look.fonts import families, find_fonts, missing_characters, missing_findings
from tests.made_fonts import made_font
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


def test_the_first_family_leads_and_the_others_serve_what_it_lacks(tmp_path: Path) -> None:
    (tmp_path / "a.ttf").write_bytes(made_font("Flowers", "🌸花"))
    (tmp_path / "b.ttf").write_bytes(made_font("First", "花見"))
    fonts = find_fonts([tmp_path], "First").files
    assert families(fonts, "First") == ("First", "font-1")
    assert missing_characters("見花🌸", fonts) == ()
    assert [(cut.file.family, set(cut.characters)) for cut in cut_fonts(fonts, "花🌸")] == [
        ("First", {"花"}),
        ("font-1", {"🌸"}),
    ]


@pytest.mark.parametrize(
    "family", ['x"; } @import "http://example.jp/";\n', "x\ny", "</style>", "BIZ UDGothic "]
)
def test_a_family_name_in_a_file_is_known_to_nobody(tmp_path: Path, family: str) -> None:
    (tmp_path / "a.ttf").write_bytes(made_font(family))
    (tmp_path / "b.ttf").write_bytes(made_font(family, bold=True))
    (tmp_path / "c.ttf").write_bytes(made_font("another"))
    own = [font.face for font in find_fonts([tmp_path], "BIZ UDGothic").files]
    assert [(face.family, face.weight) for face in own] == [
        ("font-1", "normal"),
        ("font-1", "bold"),
        ("font-2", "normal"),
    ]


DAMAGED: Mapping[str, tuple[bytes, str]] = {
    "empty": (b"", "空のファイルです"),
    "text": ("フォントではない".encode(), "フォントのファイルではありません"),
    "collection": (b"ttcf" + bytes(100), ".ttc"),
    "web font": (b"wOF2" + bytes(100), "WOFF2"),
    "no name": (made_font(without="name"), "名前の表（name）がありません"),
    "no cmap": (made_font(without="cmap"), "どの字があるかの表（cmap）がありません"),
    "no OS/2": (made_font(without="OS/2"), "太さなどの表（OS/2）がありません"),
    "no outlines": (made_font(without="glyf"), "字の形の表（glyf か CFF）がありません"),
    "no Unicode": (made_font().replace(b"\0\x03\0\x01", b"\0\x03\0\0").replace(b"\0\x03\0\x0a", b"\0\x03\0\0").replace(b"\0\0\0\x03", b"\0\x03\0\0"), "Unicode"),
    "cut off": (made_font()[:-50], "途中で切れています"),
    "only a head": (made_font()[:14], "中身が壊れています"),
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_font_is_named_and_the_others_still_serve(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "fonts"
    folder.mkdir()
    content, words = DAMAGED[damage]
    (folder / "a.ttf").write_bytes(content)
    (folder / "b.ttf").write_bytes(made_font())
    fonts = find_fonts([folder], "First")
    [finding] = fonts.findings
    assert finding.severity == "warning"
    assert str(finding).startswith("fonts/a.ttf: フォントとして使えません。")
    assert words in str(finding)
    assert "替えるか" in finding.remedy
    assert missing_characters("🌸", fonts.files) == ()


def test_a_font_too_large_to_be_one_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.ttf").open("wb") as file:
        file.truncate(10**11)
    assert "大きすぎます（100 MB まで）" in str(find_fonts([tmp_path], "").findings)


def test_a_folder_in_the_place_of_a_font_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.ttf").mkdir()
    assert "読めません" in str(find_fonts([tmp_path], "").findings)


def test_bytes_changed_anywhere_in_a_font_lead_to_no_other_error_than_ours(tmp_path: Path) -> None:
    path, good, any_byte = tmp_path / "a.ttf", made_font(), Random(1)
    for _ in range(60):
        content = bytearray(good)
        for _ in range(any_byte.choice((1, 3, 20))):
            content[any_byte.randrange(len(content))] = any_byte.randrange(256)
        path.write_bytes(content)
        with suppress(HandoutError):
            _ = [(cut.face, cut.file.characters) for cut in cut_fonts(find_fonts([tmp_path], "").files, "🌸")]


def test_a_character_of_a_row_of_months_stands_where_its_table_does() -> None:
    places = {"monthly:kenshin-rate": Place("monthly.yaml", 4)}
    [finding] = missing_findings([("\U00020bb7", "monthly:kenshin-rate-r3")], places, Place("gunma-r3"))
    assert finding.place == Place("monthly.yaml", 4)
