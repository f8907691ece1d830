"""最終報告 as PDF and Word: contents that lead to their pages, and all KPIs on one page."""

from __future__ import annotations

import datetime
import io
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import docx
import page as page_validation
import pypdf
import pytest

from handouts.dataset.fiscal import YearForm
from handouts.dataset.kpis import Kpi
from handouts.dataset.model import Dataset
from handouts.dataset.settings import HandoutSettings
from handouts.page.pdf import Pdf
from handouts.runs.checking import read_checked
from handouts.word import write_word
from tests.builds.paper import MM, Word, blankless, read_words
from tests.office import HAS_OFFICE, convert
from tests.pages import ROOT, TEMPLATES, final_report_page, look, write_pdf
from tests.samples import plan_dataset

NAME = "福祉と医療と介護の関係者に向けた新しい情報の提供を受けた事業所の被保険者の割合"
COUNTS = (5, 9, 1)
TEXT = "計画の本文は、この先の頁へと続いていく。" * 40
needs_office = pytest.mark.skipif(not HAS_OFFICE, reason="LibreOffice (soffice) is not here")


def made_edition(targets: Mapping[int, int], counts: tuple[int, ...] = COUNTS) -> Dataset:
    """A plan of three pillars with 15 KPIs, names of one line and of several; `targets` are those that are not 60."""
    numbers = iter(range(1, sum(counts) + 1))
    pillars = [[next(numbers) for _ in range(count)] for count in counts]
    plan = "".join(
        f"{label}．分野{label}\n１ 節\n・{TEXT}\n"
        + "".join(f"・本文。\n■KPI：{{kpi:k{number}}}\n" for number in kpis)
        for label, kpis in zip("ⅠⅡⅢ", pillars, strict=True)
    )
    kpis = tuple(
        Kpi(
            id=f"k{number}",
            name=f"第{number}の指標：{NAME[: 6 + number * 7 % 35]}",
            target=targets.get(number, 60),
            unit="%",
            bound="以上",
        )
        for pillar in pillars
        for number in pillar
        if targets.get(number) != 0
    )
    dropped = [number for number, target in targets.items() if target == 0]
    for number in dropped:
        plan = plan.replace(f"■KPI：{{kpi:k{number}}}\n", "")
    settings = HandoutSettings(material="資料3", agenda="【議題1】報告", note="※見直すことがあります。")
    dataset = plan_dataset(plan, kpis=kpis)
    return replace(dataset, edition="最終", handouts={"final-report": settings})


@cache
def html(name: str) -> str:
    if name == "sample":
        source = read_checked(ROOT / "data" / "fukushima-r7")
        assert source.findings == ()
        assert source.dataset is not None
        assert source.earlier is not None
        return final_report_page(source.dataset, source.earlier)
    earlier = made_edition({15: 0})
    match name:
        case "changed":  # three other targets, one KPI new, one dropped
            return final_report_page(made_edition({2: 61, 7: 62, 9: 0, 14: 63}), earlier)
        case "first":
            return final_report_page(made_edition({}))
        case "wide":
            return final_report_page(replace(made_edition({2: 61}), year_form=YearForm.BOTH_WIDE), earlier)
        case _:  # so many that they need several pages
            counts = (30, 40, 20)
            return final_report_page(made_edition({3: 61}, counts), made_edition({}, counts))


PAGES = ("sample", "changed", "first", "wide", "many")
every_page = pytest.mark.parametrize("name", PAGES)


@cache
def made(name: str) -> Pdf:
    return write_pdf(html(name))


@cache
def docx_of(name: str) -> bytes:
    created = datetime.datetime(2025, 3, 14, tzinfo=datetime.UTC)
    return write_word(
        html(name), look().of_kind("final-report"), (TEMPLATES / "template.docx").read_bytes(), created
    )


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The Word files as LibreOffice prints them."""
    folder = tmp_path_factory.mktemp("office")
    printed = {}
    for name in PAGES:
        (folder / f"{name}.docx").write_bytes(docx_of(name))
        printed[name] = convert(folder / f"{name}.docx", "pdf", folder).read_bytes()
    return printed


def texts(pdf: bytes) -> list[str]:
    """The text of each page, in plain digits and without blanks."""
    return [plain(sheet.extract_text()) for sheet in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def page_of(pages: list[str], heading: str) -> int:
    """The printed number of the page at whose top `heading` stands; the cover is not counted."""
    [found] = [number for number, text in enumerate(pages) if text.startswith(heading)]
    return found


def contents(pdf: bytes) -> list[int]:
    """The page numbers on the cover."""
    cover = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    return [
        int(number) for number in re.findall(r"P\s*(\d+)\s*$", unicodedata.normalize("NFKC", cover), re.M)
    ]


def headings(name: str) -> list[str]:
    """The two parts as the top of their pages says."""
    found = re.findall(r'<h2 class="sheet-title"[^>]*>(.*?)</h2>', html(name))
    return [plain(heading) for heading in found]


@every_page
def test_it_passes_pdf_ua_and_nothing_leaves_its_cell(name: str, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(made(name).content)
    assert "Result: no failures" in str(page_validation.validate_pdf(str(path)))
    assert (made(name).complaints, made(name).overflows) == ((), ())


@every_page
def test_the_contents_have_the_pages_on_which_the_parts_begin(name: str) -> None:
    pages = texts(made(name).content)
    assert contents(made(name).content) == [page_of(pages, heading) for heading in headings(name)]


@pytest.mark.parametrize(("name", "letter"), [("sample", "Ｐ１"), ("wide", "Ｐ１"), ("changed", "P1")])
def test_page_numbers_are_as_wide_as_the_digits_of_the_branch(name: str, letter: str) -> None:
    assert letter in blankless(pypdf.PdfReader(io.BytesIO(made(name).content)).pages[0].extract_text())


@every_page
def test_the_contents_are_links_to_their_parts(name: str) -> None:
    reader = pypdf.PdfReader(io.BytesIO(made(name).content))
    pages = texts(made(name).content)
    targets = [
        reader.get_destination_page_number(reader.named_destinations[link["/Dest"]])
        for link in (annotation.get_object() for annotation in reader.pages[0]["/Annots"])
    ]
    assert targets == [page_of(pages, heading) for heading in headings(name)]


@pytest.mark.parametrize("name", ["sample", "changed", "first"])
def test_15_kpis_stand_on_one_page(name: str) -> None:
    pages = texts(made(name).content)
    assert page_of(pages, headings(name)[1]) - page_of(pages, headings(name)[0]) == 1


def test_more_kpis_run_on_with_the_head_of_their_table() -> None:
    pages = texts(made("many").content)
    first, plan = (page_of(pages, heading) for heading in headings("many"))
    assert plan - first > 1
    for text in pages[first:plan]:
        assert "番号KPI指標変更前変更後変更有無" in text
        assert "分野" in text
    printed = "".join(pages[first:plan])
    for number in range(1, 91):
        assert f"第{number}の指標" in printed


def test_a_row_of_the_list_is_never_parted_by_a_page() -> None:
    content = made("many").content
    plan = page_of(texts(content), headings("many")[1])
    _, words = read_words(content)
    names = [word for word in words if re.match(r"第\d+の指標", word.text) and word.page < plan]
    numbers = [word for word in words if re.fullmatch(r"\d+", word.text)]
    assert names
    for name in names:
        number = re.match(r"第(\d+)", name.text)[1]  # type: ignore[index]
        assert [word.page for word in numbers if word.text == number and word.page == name.page], number


def test_pillars_keep_their_order_and_fill_both_panels() -> None:
    _, words = read_words(made("sample").content)
    middle = look().page.width / 2 * MM
    sides = {word.text: word.left > middle for word in words if word.page == 2 and len(word.text) > 6}
    found = {title: right for title, right in sides.items() if re.match("[１２３]．", title)}
    assert found == {
        "１．基盤的保険者機能の盤石化": False,
        "２．戦略的保険者機能の一層の発揮": True,
        "３．保険者機能の強化を支える組織・運営体制等の整備": True,
    }


@pytest.mark.parametrize("name", ["sample", "changed"])
def test_targets_and_marks_stand_under_their_heads_at_the_height_of_their_name(name: str) -> None:
    """Every change mark has its target, or one of two targets, at its own height and in the column beside it."""
    _, words = read_words(made(name).content)
    page = [word for word in words if word.page == 2]
    heads = [word for word in page if word.text in ("変更前", "変更後")]
    marks = [word for word in page if word.text in ("（変更無）", "（変更有）", "新規", "削除")]
    columns = 1 if name == "sample" else 2
    assert len(marks) == 15
    for mark in marks:
        beside = [
            word for word in page if word is not mark and is_beside(word, mark) and is_target(word, heads)
        ]
        assert len(beside) >= columns


def is_beside(word: Word, other: Word) -> bool:
    return (
        abs((word.top + word.bottom) - (other.top + other.bottom)) < 4
        and 0 < other.left - word.right < 65 * MM
    )


def is_target(word: Word, heads: list[Word]) -> bool:
    return any(abs((word.left + word.right) - (head.left + head.right)) < 4 for head in heads)


@needs_office
@pytest.mark.parametrize("name", ["sample", "changed", "first", "many"])
def test_libreoffice_finds_the_pages_of_the_contents(office: Mapping[str, bytes], name: str) -> None:
    pages = texts(office[name])
    assert contents(office[name]) == [page_of(pages, heading) for heading in headings(name)]


@needs_office
@pytest.mark.parametrize("name", ["sample", "changed", "first"])
def test_15_kpis_stand_on_one_page_in_word_too(office: Mapping[str, bytes], name: str) -> None:
    pages = texts(office[name])
    assert [page_of(pages, heading) for heading in headings(name)] == [1, 2]
    assert sorted(without_foot(pages[1])) == sorted(without_foot(texts(made(name).content)[1]))


def without_foot(page: str) -> str:
    return re.sub("1/[0-9]+", "", page)


@needs_office
@every_page
def test_both_have_about_the_same_number_of_pages(office: Mapping[str, bytes], name: str) -> None:
    assert abs(len(texts(office[name])) - len(texts(made(name).content))) <= 2


@pytest.mark.parametrize(("name", "numbers"), [("sample", ["Ｐ１", "Ｐ２"]), ("changed", ["P1", "P2"])])
def test_the_word_file_shows_the_pages_before_any_program_has_computed_them(
    name: str, numbers: list[str]
) -> None:
    paragraphs = docx.Document(io.BytesIO(docx_of(name))).paragraphs
    lines = [each.text for each in paragraphs if each.style.name == look().styles["contents"].name]
    assert [line.rpartition("\t")[2] for line in lines] == numbers


@every_page
def test_the_same_page_gives_the_same_bytes(name: str) -> None:
    assert write_pdf(html(name)).content == made(name).content
