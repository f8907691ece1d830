"""The sheets of the input workbook in order: what the models declare, and what the program puts around it."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from handouts.dataset.budget import BudgetField, Initiative
from handouts.dataset.columns import CALLED, ID_HEADING, ID_NOTE, Column, EntryList, Form
from handouts.dataset.declared import column_of, columns_of
from handouts.dataset.fields import Entry
from handouts.dataset.fiscal import FiscalYear, YearForm
from handouts.dataset.kpis import Kpi, Population
from handouts.dataset.model import RecipientGroup
from handouts.dataset.monthly import MonthlySeries, MonthlyTable
from handouts.dataset.progress import ProgressEntry, ProgressItem
from handouts.dataset.schemas import DatasetFile, MonthlyFile
from handouts.dataset.settings import HandoutSettings, NumberingStyle, Overrides, Silence
from handouts.dataset.stored import DATASET_FILE, MONTHLY_FILE, PLAN_FILE

LEVELS = 10  # how many levels of numbering have a row
GUIDE_SHEET, MEETING_SHEET = "使い方", "会議"
SCOPE, DATASET_NAME = "このブックの範囲", "データの名前"
WHOLE = "全体"
# The months of tables that run from March to February, in that order.
MARCH_SHEET = "月次（3月始まり）"
# In the column of the paragraph: the row goes on with the text of the row above, on a new line or in the same.
CONTINUED, CONTINUED_SENTENCE = "（続き）", "（文の続き）"
PRINTED = "印刷される文（自動）"  # the sentence that the placeholders of a paragraph make


@dataclass(frozen=True, slots=True)
class Head:
    """A column as it stands in a sheet: with a year where there is one for each year."""

    column: Column
    year: FiscalYear | None = None

    @property
    def heading(self) -> str:
        """What stands in the head."""
        return f"{self.column.heading}\n{self.year.text()}" if self.year else self.column.heading

    @property
    def key(self) -> tuple[str, ...]:
        """What a row has its value by; empty for what the program computes."""
        return self.column.key if self.year is None else (*self.column.key, self.year.text(YearForm.LETTER))


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table of the input workbook: the rows of one list of entries.

    `name` is the key of the list in its `file`; `model` an entry of it, None where rows become something else.
    `beside` are further sheets with rows of it, which a workbook has only where it has such rows.
    """

    name: str
    sheet: str
    title: str
    about: str
    file: str
    model: type[Entry] | None
    columns: tuple[Column, ...]
    spare: int = 20  # empty rows that are ready to be filled in
    is_optional: bool = False  # whether a workbook may be without its sheet
    beside: tuple[str, ...] = ()

    @property
    def sheets(self) -> tuple[str, ...]:
        """The sheets that may have rows of it."""
        return (self.sheet, *self.beside)

    def column(self, *key: str) -> Column:
        """The column of a field."""
        return next(column for column in self.columns if column.key == key)


def _table_of(model: Any) -> SheetTable:
    """The table of the list that a model declares."""
    entries: EntryList = model.entry_list
    names = entries.key, entries.sheet, entries.title, entries.about, entries.file
    return SheetTable(*names, model, columns_of(model), entries.spare, entries.is_optional)


def _column(model: type[Entry], name: str, *key: str) -> Column:
    """The column that a field declares, at `key` where that is another than its name."""
    column = column_of(model, name)
    assert column is not None
    return replace(column, key=key) if key else column


def _items() -> Iterator[tuple[str, Column]]:
    """What the sheet 会議 says, row by row: the file it belongs to, and how its cell is read."""
    yield DATASET_FILE, Column(DATASET_NAME, note="このブックを書き出したデータの名前")
    yield DATASET_FILE, Column(SCOPE, note="全体、または一つのグループの分")
    for name in ("branch", "fiscal_year", "edition", "previous", "earlier"):
        yield DATASET_FILE, _column(DatasetFile, name)
    levels = _column(NumberingStyle, "levels")
    for level in range(LEVELS):
        key = ("numbering", "levels", str(level))
        note = "" if level else levels.note
        yield DATASET_FILE, replace(levels, heading=f"番号（階層{level + 1}）", key=key, note=note)
    for name in ("kpi", "kpi_head", "bullet", "running"):
        yield DATASET_FILE, _column(NumberingStyle, name, "numbering", name)
    yield MONTHLY_FILE, _column(MonthlyFile, "as_of")
    yield DATASET_FILE, _column(DatasetFile, "groups")


ITEMS = tuple(_items())
BASE = SheetTable(
    "base",
    MEETING_SHEET,
    "基本の情報",
    "黄色の欄に書き入れます。灰色の欄は自動で入ります。",
    DATASET_FILE,
    None,
    (
        Column("項目", 30, key=("label",)),
        Column("値", 36, key=("value",)),
        Column("書き方（自動）", 18),
    ),
    spare=0,
)
HANDOUTS = _table_of(HandoutSettings)
PLAN = SheetTable(
    "plan",
    "計画",
    "事業計画",
    "1行が1段落です。種類を選んで文を書くと、番号は取り込むときに付きます。空いた行は読み飛ばします。",
    PLAN_FILE,
    None,
    (
        Column(
            "種類",
            20,
            "段落の種類。番号や記号を文に打ち込むときは、空のままでよい",
            key=("kind",),
            form=Form.CHOICE,
        ),
        Column("番号（自動）", 11, "印刷される番号と記号"),
        Column(
            "文",
            84,
            "段落の文。KPIや予算額は {kpi:KPIの名称} や {budget:取組の名称} のように書くと、数字が入る",
            key=("text",),
        ),
        Column(PRINTED, 36, "名前で差し込む文が、どう印刷されるか", form=Form.LONG),
        Column(
            "番号を1から", 11, "前の番号に続けず、1から始めるときだけ はい", key=("restart",), form=Form.FLAG
        ),
        Column(CALLED, 18, "ほかのシートの一覧に出る名前"),
        Column(ID_HEADING, 14, ID_NOTE, key=("id",), form=Form.ID),
        Column("元のid（自動）", 12, "id を書かない段落に付く名前"),
    ),
)
# The paragraphs of last year, which no sheet of the workbook has.
LAST_PLAN = replace(PLAN, name="last_plan", sheet="前年度の計画")
INITIATIVES, FIELDS, KPIS, POPULATIONS = map(_table_of, (Initiative, BudgetField, Kpi, Population))
LAST_YEAR = Column("前年度の取組（自動）", 34, "書き出したときに、id か名称が同じだった前年度の取組")
INITIATIVES = replace(INITIATIVES, columns=(*INITIATIVES.columns, LAST_YEAR))
TABLES, SERIES, ENTRIES = map(_table_of, (MonthlyTable, MonthlySeries, ProgressEntry))
RULE = Column("表の決まり（自動）", 44, "入力した数（単位）：印刷する行／右端の欄／小数の桁数")
TOTAL = Column("合計\n（自動）", 9.5, "表に印刷する計・合計", form=Form.NUMBER)
REACHED = Column("累計\n（自動）", 9.5, "表に印刷する累計。引き継ぐ数を含む", form=Form.NUMBER)
RATE = Column("率\n（自動）", 8.5, "表に印刷する率。累計÷対象者数、または分子÷分母", form=Form.PERCENT)
MEAN = Column("平均\n（自動）", 8.5, "表に印刷する平均", form=Form.NUMBER)
EXECUTION = Column("執行率\n（自動）", 8.5, "執行額÷予算額", form=Form.PERCENT)
MARK = Column("実施状況\n（自動）", 9, "目標・向き・実績から決まる印。実績がなければ □", form=Form.CHOICE)


def _with(table: SheetTable, after: tuple[str, ...], *columns: Column) -> SheetTable:
    """The table with computed columns behind that of a field."""
    at = next(number for number, column in enumerate(table.columns, 1) if column.key == after)
    return replace(table, columns=(*table.columns[:at], *columns, *table.columns[at:]))


INITIATIVES = _with(INITIATIVES, ("executed",), EXECUTION)
FIELDS = _with(FIELDS, ("executed",), EXECUTION)
KPIS = _with(KPIS, ("rank",), MARK)
TABLES = replace(TABLES, columns=(*TABLES.columns, RULE))
SERIES = _with(SERIES, ("values", "3月"), TOTAL, REACHED, RATE, MEAN)
# Before what is never empty, so that a long rule ends at the edge of its cell.
SERIES = replace(SERIES, columns=(*SERIES.columns[:-1], replace(RULE, width=21), SERIES.columns[-1]))
SERIES = replace(SERIES, beside=(MARCH_SHEET,))
PROGRESS_ITEMS = _table_of(ProgressItem)
OVERRIDES = SheetTable(
    "comparison",
    "比べ方",
    "前年度との比べ方の直し",
    "対応する段落や、変わった語句の印を、自分で決めるときだけ書きます。",
    DATASET_FILE,
    None,
    (
        Column(
            "今年度の段落",
            34,
            "計画の段落か見出し",
            key=("paragraph",),
            ids_of="plan",
            is_open=True,
        ),
        _column(Overrides, "pairs"),
        _column(Overrides, "marks"),
    ),
    spare=10,
)
RECIPIENTS = SheetTable(
    "recipients",
    "宛先",
    "メールの宛先",
    "1行に一人を書きます。資料をメールで送るときの一覧です。",
    DATASET_FILE,
    None,
    (
        Column("宛先の組", 18, key=("group",), form=Form.CHOICE, choices=typing.get_args(RecipientGroup)),
        _column(DatasetFile, "recipients", "mailbox"),
    ),
)
SILENCED = _table_of(Silence)
TABLES_IN_ORDER = (
    BASE,
    HANDOUTS,
    PLAN,
    INITIATIVES,
    FIELDS,
    KPIS,
    POPULATIONS,
    SERIES,
    TABLES,
    ENTRIES,
    PROGRESS_ITEMS,
    OVERRIDES,
    RECIPIENTS,
    SILENCED,
)
SHEETS = (GUIDE_SHEET, *dict.fromkeys(sheet for table in TABLES_IN_ORDER for sheet in table.sheets))
OPTIONAL_SHEETS = (
    *(table.sheet for table in TABLES_IN_ORDER if table.is_optional),
    *(sheet for table in TABLES_IN_ORDER for sheet in table.beside),
)
