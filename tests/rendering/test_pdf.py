"""The PDF, reopened: tags, bookmarks, fonts, pages, nothing outside its cell."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import page as page_validation
import pypdf
import pytest
import weasyprint

from handouts.dataset.settings import HandoutSettings
from handouts.page.pdf import Pdf, PdfUnavailable, close_tables
from tests.pages import plan_budget_page, write_pdf
from tests.samples import initiative, plan_dataset

LONG = "計画の段落が長く続くときも、文は途中で失われずに次のページへ送られる。" * 12
PLAN = "".join(
    f"{pillar}．分野{pillar}\n"
    + "".join(
        f"{section} 節の{section}\n（１）項の見出し{pillar}{section} {{#t{index}{number}}}\n①　{LONG}\n② {LONG}\n【困難度：高】\n{LONG}\n"
        for number, section in enumerate("１２３")
    )
    for index, pillar in enumerate("ⅠⅡ")
)


@cache
def made() -> Pdf:
    new = plan_dataset(
        PLAN, [initiative("chirashi", "t01", 2_902_000), initiative("kouza", "t01", 13_733_000)]
    )
    old = plan_dataset(
        PLAN.replace("次のページへ送られる", "次の頁に回る"), [initiative("kouza", "t01")], year=2024
    )
    return write_pdf(plan_budget_page(new, old))


def reader() -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(made().content))


def titles(outline: list[object], level: int = 0) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for entry in outline:
        if isinstance(entry, list):
            found += titles(entry, level + 1)
        else:
            found.append((level, entry.title))
    return found


def test_the_library_has_nothing_to_complain_of_and_nothing_leaves_its_cell() -> None:
    assert made().complaints == ()
    assert made().overflows == ()


def test_it_passes_pdf_ua(tmp_path: Path) -> None:
    path = tmp_path / "handout.pdf"
    path.write_bytes(made().content)
    assert "Result: no failures" in str(page_validation.validate_pdf(str(path)))


def test_title_and_language_are_set() -> None:
    assert reader().metadata.title == "令和7年度 群馬支部事業計画（案）及び支部保険者機能強化予算（案）"
    assert reader().root_object["/Lang"] == "ja"


def test_bookmarks_show_pillars_and_topics_of_this_year_once() -> None:
    assert [(level, title) for level, title in titles(reader().outline) if level][:4] == [
        (1, "Ⅰ．分野Ⅰ"),
        (2, "１ 節の１"),
        (3, "（１）項の見出しⅠ１"),
        (2, "２ 節の２"),
    ]
    assert [title for _, title in titles(reader().outline)].count("Ⅱ．分野Ⅱ") == 1


def test_the_head_with_its_pillar_comes_again_on_every_page_of_the_table() -> None:
    for sheet in reader().pages[1:]:
        text = sheet.extract_text().replace("\n", "")
        assert "令和7年度" in text
        assert "保険者機能強化予算" in text
        assert re.search("[ⅠⅡ]．分野", text)


def test_pages_are_numbered_without_the_cover() -> None:
    pages = reader().pages
    count = len(pages) - 1
    assert "／" not in pages[0].extract_text()
    for number, sheet in enumerate(pages[1:], 1):
        assert f"{number}／{count}" in re.sub(r"\s", "", sheet.extract_text())


def test_only_the_shipped_fonts_are_embedded() -> None:
    names = {str(font["/BaseFont"]) for sheet in reader().pages for font in fonts_of(sheet)}
    assert names
    assert all("BIZ" in name for name in names)


def fonts_of(sheet: pypdf.PageObject) -> list[dict[str, object]]:
    return [font.get_object() for font in sheet["/Resources"].get_object()["/Font"].get_object().values()]


def test_pages_are_a4_landscape() -> None:
    for sheet in reader().pages:
        assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == (842, 595)


def test_the_same_page_gives_the_same_bytes() -> None:
    html = plan_budget_page(plan_dataset("Ⅰ．基盤\n１ 案内\n（１）窓口を明るくする。\n"))
    assert write_pdf(html).content == write_pdf(html).content


def test_a_text_that_cannot_be_broken_is_reported() -> None:
    html = (
        "<table style='table-layout:fixed;width:20mm'><tr><td style='white-space:nowrap'>"
        "どこにも切れ目のない長い長い長い文字列</td></tr></table>"
    )
    assert made().overflows == ()
    assert (
        write_pdf(f"<html lang='ja'><title>x</title><body>{html}")
        .overflows[0]
        .startswith("1ページ「どこにも")
    )


def test_a_missing_pango_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def find_spec(self, name: str, *rest: object) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Broken(), *sys.meta_path])
    with pytest.raises(PdfUnavailable, match="apt-get install"):
        write_pdf("<p>x</p>")


@pytest.mark.parametrize("side", ["new", "old"])
def test_poppler_finds_every_paragraph(tmp_path: Path, side: str) -> None:
    path = tmp_path / "handout.pdf"
    path.write_bytes(made().content)
    text = subprocess.run(
        ["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True, text=True
    ).stdout
    plain = re.sub(r"\s", "", text)
    assert ("次のページへ送られる" if side == "new" else "次の頁に回る") in plain
    assert plain.count("2,902千円") == 1


def test_an_amount_never_begins_on_the_page_before_its_topic() -> None:
    """A heading that moves to the next page takes the initiatives beside it along."""
    for filler in range(18, 32):
        plan = (
            "Ⅰ．分野\n１ 前の節\n"
            + f"（１）{'文' * 29}\n" * filler
            + "２ 別の節 {#next}\n（１）見出し\n"
            + LONG
            + "\n"
        )
        made = write_pdf(plan_budget_page(plan_dataset(plan, [initiative("chirashi", "next", 1_234_000)])))
        pages = pypdf.PdfReader(io.BytesIO(made.content)).pages
        sheets = [re.sub(r"\s", "", sheet.extract_text()) for sheet in pages]
        assert ["別の節" in text for text in sheets] == ["1,234千円" in text for text in sheets], filler


def test_the_sum_of_all_never_stands_alone_on_the_last_page() -> None:
    for filler in range(20, 46):
        plan = (
            "Ⅰ．分野\n１ 前の節\n"
            + f"（１）{'文' * 29}\n" * 3
            + "２ 別の節 {#next}\n"
            + f"（１）{'字' * 29}\n" * filler
        )
        dataset = plan_dataset(
            plan, [initiative("chirashi", "next", 1_234_000)], settings=HandoutSettings(totals=True)
        )
        last = pypdf.PdfReader(io.BytesIO(write_pdf(plan_budget_page(dataset)).content)).pages[-1]
        assert "字" in last.extract_text(), filler


def test_the_sums_of_a_topic_stay_with_its_last_initiative() -> None:
    plan = "Ⅰ．分野\n１ 別の節 {#next}\n（１）本文を書く。\n"
    for count in range(18, 30):
        budget = [
            initiative(f"i{number}", "next", name=f"取組{number:02d}番") for number in range(1, count + 1)
        ]
        totals = plan_dataset(plan, budget, settings=HandoutSettings(totals=True))
        made = write_pdf(plan_budget_page(totals, plan_dataset(plan, year=2024)))
        for sheet in pypdf.PdfReader(io.BytesIO(made.content)).pages:
            text = re.sub(r"\s", "", sheet.extract_text()).replace("（増減", "")
            together = (f"取組{count}番", "小計", f"増減{count},000千円")
            assert len({part in text for part in together}) == 1, count


def test_a_part_of_a_table_ends_below_its_last_row() -> None:
    # The heading at the foot of the page goes to the next one with its row; what it took must not stay open.
    rows = '<tr style="height: 400px"><td>x</td></tr><tr style="break-after: avoid"><td>h</td></tr><tr style="height: 300px"><td>y</td></tr>'
    style = "@page { size: 500px 520px; margin: 20px } table { border-spacing: 0 } td { padding: 0 }"
    document = weasyprint.HTML(
        string=f"<style>{style}</style><table><thead><tr><th>k</th></tr></thead><tbody>{rows}</tbody></table>"
    ).render()
    assert len(document.pages) == 2
    for sheet in document.pages:
        close_tables(sheet._page_box)
        [table] = [box for box in sheet._page_box.descendants() if type(box).__name__ == "TableBox"]
        last = table.children[-1].children[-1]
        assert table.content_box_y() + table.height == pytest.approx(last.position_y + last.height)
