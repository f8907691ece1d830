"""Only what the closed vocabulary lists is read; everything else stops the build."""

from __future__ import annotations

import pytest

from handouts.findings import HandoutError
from handouts.word import UnknownMarkup
from handouts.word.markup import read_markup
from tests.unit.word.pages import page, sheet


@pytest.mark.parametrize(
    ("html", "words"),
    [
        (sheet("<ul></ul>"), "<ul> in line 1: this element"),
        (sheet('<p class="unheard-of">あ</p>'), 'class "unheard-of"'),
        (sheet('<p class="body" style="color: red">あ</p>'), 'attribute "style"'),
        (sheet('<table class="comparison"><tbody><tr><td rowspan="2"></td></tr></tbody></table>'), "rowspan"),
        (sheet('<p class="body">あ'), "</section> in line 1 closes another element"),
        (page("</main>"), "</main> in line 1 closes another element"),
        ('<html><body class="plan-budget">', "<body> in line 1: is never closed"),
        ("<p class='body'>あ</p>", "a page is one <html> element"),
    ],
)
def test_unknown_markup_is_named(html: str, words: str) -> None:
    with pytest.raises(UnknownMarkup) as caught:
        read_markup(html)
    assert words in str(caught.value)


def test_the_line_of_unknown_markup_is_named() -> None:
    with pytest.raises(UnknownMarkup, match="line 3"):
        read_markup("<html>\n<body>\n<video></video></body></html>")


@pytest.mark.parametrize("character", ["\0", "\x01", "\x0b", "\x0c", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_a_character_that_no_word_file_can_hold_is_refused(character: str) -> None:
    with pytest.raises(HandoutError, match=f"U\\+{ord(character):04X}"):
        read_markup(sheet(f'<p class="body">前{character}後</p>'))


@pytest.mark.parametrize("character", ["\t", "\x7f", "\x85", "\u2028", "\ufffd", "𠮷"])
def test_every_other_character_is_read(character: str) -> None:
    assert read_markup(sheet(f'<p class="body">前{character}後</p>')).tag == "html"
