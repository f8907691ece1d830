"""Document properties."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from io import BytesIO
from zipfile import ZipFile

import pytest

from handouts.word import UnknownMarkup, write_word
from tests.unit.word.pages import CONTRACT, CREATED, LOOK, TEMPLATE, docx_of, page, word, word_bytes


def test_title_author_and_subject_are_those_of_the_page() -> None:
    core = word(CONTRACT).core_properties
    assert core.title == "令和7年度 群馬支部事業計画（案）"
    assert (core.author, core.last_modified_by) == ("全国健康保険協会 群馬支部",) * 2
    assert core.subject == "資料2-1 第3回群馬支部評議会（令和7年1月17日）"
    assert core.language == "ja"


def test_both_dates_are_those_of_the_run() -> None:
    core = word(CONTRACT).core_properties
    assert core.created == core.modified == CREATED


def test_a_japanese_time_is_written_as_utc() -> None:
    evening = datetime(2025, 1, 17, 18, 30, tzinfo=timezone(timedelta(hours=9)))
    assert docx_of(write_word(CONTRACT, LOOK, TEMPLATE, evening)).core_properties.created == CREATED


def test_dataset_and_edition_are_a_custom_property() -> None:
    with ZipFile(BytesIO(word_bytes(CONTRACT))) as package:
        custom = package.read("docProps/custom.xml").decode()
    assert 'name="dcterms.identifier"' in custom
    assert "<vt:lpwstr>gunma-r7 案</vt:lpwstr>" in custom


def test_a_page_without_properties_has_no_custom_part() -> None:
    with ZipFile(BytesIO(word_bytes(page('<section class="sheet"></section>')))) as package:
        assert "docProps/custom.xml" not in package.namelist()


def test_an_unknown_property_stops_the_build() -> None:
    with pytest.raises(UnknownMarkup, match='<meta name="robots">'):
        word(page("", '<meta name="robots" content="none">'))
