"""The look values: one file for PDF and Word."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.errors import HandoutError
from handouts.look import read_look
from handouts.vocabulary import PARAGRAPH_CLASSES, PART_CLASSES, VOCABULARY
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
    ],
)
def test_a_wrong_look_file_is_explained(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / "look.toml"
    path.write_text(
        (TEMPLATES / "look.toml").read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8"
    )
    with pytest.raises(HandoutError, match=message):
        read_look(path)
