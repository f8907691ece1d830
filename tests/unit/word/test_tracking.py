"""Word keeps track of changes where it is asked to, wherever the template has its settings."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest
from openxml_audit import OpenXmlValidator

from handouts.word import write_word
from tests.unit.word.pages import CREATED, LOOK, TEMPLATE, W, docx_of, sheet

PAGE = sheet('<p class="body">文</p>')


def settings(template: bytes, is_tracked: bool) -> list[str]:
    content = write_word(PAGE, LOOK, template, CREATED, is_tracked=is_tracked)
    return [child.tag.removeprefix(W) for child in docx_of(content).settings.element]


@pytest.mark.parametrize("is_tracked", [True, False])
def test_changes_are_tracked_where_it_is_asked_for(is_tracked: bool) -> None:
    assert ("trackRevisions" in settings(TEMPLATE, is_tracked)) is is_tracked


@pytest.mark.parametrize("is_tracked", [True, False])
def test_what_the_template_says_of_it_does_not_count(is_tracked: bool) -> None:
    template = write_word(PAGE, LOOK, TEMPLATE, CREATED, is_tracked=True)
    assert settings(template, is_tracked).count("trackRevisions") == is_tracked


def test_the_setting_stands_where_the_schema_has_it(tmp_path: Path) -> None:
    template = docx.Document(BytesIO(TEMPLATE))
    element = template.settings.element
    for name, place in (("documentProtection", -1), ("mirrorMargins", 1)):
        made = element.makeelement(f"{W}{name}")
        index = next(i for i, child in enumerate(element) if child.tag == f"{W}defaultTabStop")
        element.insert(index if place < 0 else place, made)
    buffer = BytesIO()
    template.save(buffer)
    names = settings(buffer.getvalue(), is_tracked=True)
    assert names[names.index("trackRevisions") - 1] == "mirrorMargins"
    assert names[names.index("trackRevisions") + 1] == "documentProtection"
    path = tmp_path / "handout.docx"
    path.write_bytes(write_word(PAGE, LOOK, TEMPLATE, CREATED, is_tracked=True))
    assert OpenXmlValidator().validate(path).errors == []
