"""Input workbooks for tests: that of a small dataset, with the changes that a test shows, as people make them."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from handouts.dataset.budget import BudgetField, Initiative
from handouts.dataset.columns import ID_HEADING
from handouts.dataset.fiscal import FiscalYear
from handouts.dataset.kpis import Kpi, Population
from handouts.dataset.model import Dataset
from handouts.dataset.monthly import MonthlySeries, MonthlyTable
from handouts.dataset.progress import ProgressEntry, ProgressItem
from handouts.dataset.settings import HandoutSettings, Overrides
from handouts.excel.dataset_rows import rows_of_dataset
from handouts.excel.groups import select_group
from handouts.excel.offering import names_used
from handouts.excel.reading import WorkbookReading, read_workbook
from handouts.excel.writing import write_workbook
from tests.samples import plan_dataset

R2, R3 = FiscalYear(2020), FiscalYear(2021)
HEAD = 3  # the row with the headings, but for the sheet 会議
PLAN = """\
Ⅰ．基盤的保険者機能の盤石化

１ サービス水準の向上 {#service}
（１）申請を受け付けてから支給するまでの日数を短くする。 {#service-hyojun}
■KPI：{kpi:service-standard}

Ⅱ．戦略的保険者機能の一層の発揮

１ 特定健診実施率の向上 {#kenshin}
・健診の案内を送る。対象者は{population:kenshin.eligible}である。
・{kpi:checkup-rate}
"""


def dataset() -> Dataset:
    """A dataset that has something in every sheet."""
    months = {4: Decimal("9957"), 5: Decimal("13008")}
    return plan_dataset(
        PLAN,
        [
            Initiative(id="annai", name="健診の案内", topic="kenshin", amount=2_902_000, executed=1_644_044),
            Initiative(id="koho", name="広報誌の作成", topic="service", amount=500_000),
        ],
        year=2021,
        fields=(
            BudgetField(id="keihi", name="健診経費", table="執行実績", topic="kenshin", amount=1_000_000),
        ),
        kpis=(
            Kpi(
                id="service-standard",
                name="サービススタンダードの達成率",
                target=Decimal(100),
                unit="%",
                actuals={R2: Decimal("97.0"), R3: Decimal("98.5")},
                averages={R3: Decimal("99.99")},
            ),
            Kpi(id="checkup-rate", name="受診率", target=Decimal("61.0"), unit="%", bound="以上"),
        ),
        populations=(
            Population(
                id="kenshin",
                group="被保険者",
                item="健診",
                eligible=247_635,
                rate=Decimal("60.0"),
                planned=148_581,
            ),
        ),
        tables=(
            MonthlyTable(
                id="checkup",
                caption="受診者数",
                kpi="checkup-rate",
                unit="人",
                rows=("単月", "率"),
                series=(
                    MonthlySeries(year=R2, label="R2 受診者数", values=months, eligible=247_635),
                    MonthlySeries(year=R3, values=months, population="kenshin"),
                ),
            ),
            MonthlyTable(
                id="rate",
                caption="達成率",
                kpi="service-standard",
                unit="%",
                series=(MonthlySeries(year=R3, values={4: Decimal("65.6"), 5: Decimal("97.0")}),),
            ),
        ),
        as_of=5,
        items=(ProgressItem(heading="kenshin", badge="インセンティブ関連"),),
        entries=(
            ProgressEntry(
                id="service-hyojun", plan="service-hyojun", mark="○", text="・短くした。\n・続ける。"
            ),
            ProgressEntry(id="service-hyojun-2", kpi="service-standard", monthly=("rate",)),
            ProgressEntry(id="kenshin", plan="kenshin", rank=43, monthly=("checkup",), text="・送った。"),
        ),
        settings=HandoutSettings(material="資料1", meeting="第3回群馬支部評議会"),
        overrides=Overrides(pairs={"kenshin": None}, marks={"service": ("向上",)}),
        recipients={"支部内": ("群馬 太郎 <taro@example.jp>",)},
    )


class Book:
    """The workbook of `dataset`, or of one group of it, to be changed as Excel would."""

    def __init__(
        self, source: Dataset | None = None, group: str = "", previous: Dataset | None = None
    ) -> None:
        self._source = source or dataset()
        self._selection = select_group(self._source, group) if group else None
        content = write_workbook(self._source, self._selection, previous)
        self.book: Workbook = load_workbook(io.BytesIO(content))

    def __getitem__(self, sheet: str) -> Any:
        return self.book[sheet]

    def column(self, sheet: str, heading: str) -> int:
        """The number of the column with this heading, line breaks as blanks."""
        row = self.head(sheet)
        wanted = ID_HEADING if heading == "id" else heading
        for cell in self[sheet][row]:
            if str(cell.value or "").replace("\n", " ") == wanted:
                return int(cell.column)
        raise LookupError(heading)

    def head(self, sheet: str) -> int:
        """The row of the headings; of the sheet 会議 those of the handouts."""
        if sheet != "会議":
            return HEAD
        return next(cell.row for cell in self[sheet]["A"] if cell.value == "資料の種類")

    def cell(self, sheet: str, row: int, heading: str) -> Any:
        """The cell below a heading; `row` counts from 1 below the head."""
        return self[sheet].cell(self.head(sheet) + row, self.column(sheet, heading))

    def item(self, label: str) -> Any:
        """The cell beside an item of the sheet 会議."""
        row = next(cell.row for cell in self["会議"]["A"] if cell.value == label)
        return self["会議"].cell(row, 2)

    def keep_as_before(self) -> None:
        """Gives the workbook the form that it had at first: ids, and in the sheet 控え what was written cell by cell."""
        names = names_used(rows_of_dataset(self._source, self._selection)).values()
        ids = {name: one for of_table in names for name, one in of_table.items()}
        del self.book["控え"]
        sheet = self.book.create_sheet("控え")
        sheet.append(["書き出したときの値の控えです。"])
        sheet.append(["シート", "行", "書き出したときの値（左端の列から）"])
        for source in self.book.worksheets[1:-1]:
            for row in source.iter_rows():
                if any(cell.value is not None for cell in row):
                    sheet.append([source.title, row[0].row])
                    for cell in (one for one in row if one.data_type != "f"):
                        if cell.value in ids:
                            cell.value = ids[cell.value]
                        copy = sheet.cell(sheet.max_row, cell.column + 2, cell.value)
                        copy.number_format = cell.number_format

    def save(self, path: Path) -> Path:
        """The workbook as a file."""
        self.book.save(path)
        return path


def read(tmp_path: Path, change: Callable[[Book], None] = lambda book: None) -> WorkbookReading:
    """What is read of the workbook of `dataset` after a change; it bears the name of that dataset."""
    book = Book()
    change(book)
    return read_workbook(book.save(tmp_path / "gunma-r3.xlsx"))


def messages(tmp_path: Path, change: Callable[[Book], None]) -> list[str]:
    """The findings after a change, without the name of the file."""
    found = read(tmp_path, change).findings
    return [str(finding).removeprefix("gunma-r3.xlsx").strip() for finding in found]


def same(tmp_path: Path, change: Callable[[Book], None]) -> None:
    """Checks that a change makes no difference, and is no finding."""
    reading = read(tmp_path, change)
    assert [str(finding) for finding in reading.findings] == []
    assert reading.dataset == dataset()
