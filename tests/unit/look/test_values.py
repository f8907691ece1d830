"""The look values: one file for PDF and Word."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.findings import HandoutError
from handouts.look.values import read_look
from handouts.look.vocabulary import PARAGRAPH_CLASSES, PART_CLASSES, VOCABULARY
from tests.pages import TEMPLATES, look


def test_every_class_of_a_paragraph_has_a_style_and_every_style_a_class() -> None:
    assert set(look().styles) == PARAGRAPH_CLASSES


def test_every_class_of_a_column_has_a_width_and_every_width_a_class() -> None:
    assert set(look().columns) == VOCABULARY["col"] - PART_CLASSES


def test_both_halves_of_the_comparison_fill_the_page() -> None:
    columns = look().columns
    assert 2 * (columns["plan"] + columns["initiative"] + columns["amount"]) == look().page.text_width
    assert (
        columns["plan-alone"] + columns["initiative-alone"] + columns["amount-alone"]
        == look().page.text_width
    )


def test_word_styles_have_names_of_their_own() -> None:
    names = [style.name for style in look().styles.values()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("size = 8.5", "sise = 8.5", "「sise」という項目はありません"),
        ("margin_top = 11\n", "", "項目が足りません"),
        ("[page]", "[page", "書き方が正しくありません"),
        ("size = 8.5", f"size = {'9' * 5000}", "look.toml: 桁の多すぎる数か"),
        ("size = 8.5", f"size = {'[' * 5000}", "重なりすぎた"),
        ("size = 8.5", f"size = [0x{'F' * 5000}]", "size に 桁の多すぎる数 は使えません"),
        ('word = "BIZ UD', 'word = "R&D', "（font）: word"),
        ("kpi-name-4 = 75.5", "kpi-name-4 = 80", "左右に並べる表の片方の幅 135 mm に合わせて"),
        (
            "[reasons]\nfinal-report = 8.5",
            '[reasons]\nfinal-report = "小"',
            'final-report に "小" は使えません',
        ),
    ],
)
def test_a_wrong_look_file_is_explained(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / "look.toml"
    path.write_text(
        (TEMPLATES / "look.toml").read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8"
    )
    with pytest.raises(HandoutError, match=message):
        read_look(path)


def test_the_tables_of_two_panels_fill_them() -> None:
    columns = look().columns
    assert 2 * look().panel_width + look().line.panel_gap == look().page.text_width
    assert columns["kpi-number"] + columns["kpi-name-3"] + columns["kpi-target"] == look().panel_width


def test_a_kind_may_have_larger_text_and_smaller_reasons_of_its_own() -> None:
    report = look().of_kind("final-report")
    assert report.font.size == look().sizes["final-report"]
    for name in ("importance", "reason"):
        assert report.styles[name].size == look().reasons["final-report"] < report.font.size
    others = {name: style for name, style in report.styles.items() if name not in ("importance", "reason")}
    assert others.items() <= look().styles.items()


def test_a_kind_without_values_of_its_own_has_those_of_all() -> None:
    assert look().of_kind("plan-budget") == look()
