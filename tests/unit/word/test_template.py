"""templates/template.docx: ours, and what make_template makes."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from tests.unit.word.pages import LOOK, ROOT, TEMPLATE

STYLES = "word/styles.xml"


def parts(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_shipped_template_is_the_one_that_is_made() -> None:
    """But for its styles, which every document sets from the look anyway."""
    shipped, made = parts((ROOT / "templates" / "template.docx").read_bytes()), parts(TEMPLATE)
    assert shipped | {STYLES: b""} == made | {STYLES: b""}


def test_the_theme_has_our_font_and_no_other() -> None:
    theme = parts(TEMPLATE)["word/theme/theme1.xml"].decode()
    assert theme.count(f'typeface="{LOOK.font.word}"') == theme.count("typeface=") == 6


def test_nothing_is_left_over_from_another_template() -> None:
    assert not [name for name in parts(TEMPLATE) if "customXml" in name or "webSettings" in name]


def test_reviewers_find_the_styles_of_comments() -> None:
    assert b'w:styleId="CommentReference"' in parts(TEMPLATE)[STYLES]
