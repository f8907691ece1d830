"""Figures month by month: tables of series, each series the figures of one fiscal year."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    AfterValidator,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    ValidationInfo,
    WithJsonSchema,
    WrapValidator,
    field_validator,
)

from handouts.dataset.columns import ID_HEADING, ID_NOTE, UNITS, Column, EntryList, Form
from handouts.dataset.fields import (
    ID_PATTERN,
    Count,
    Entry,
    Figure,
    Id,
    Line,
    Month,
    MonthValue,
    Text,
    Year,
    refuse_double_keys,
)
from handouts.dataset.stored import MONTHLY_FILE

MONTHS = 12
# Ids of tables stand in bookmarks together with a year and a row.
TABLE_ID_LENGTH = 18
ROWS_REMEDY = "単月、累計、率のうち、印刷する行を [ ] に並べてください（例 [単月, 累計, 率]）"
CLOSING_REMEDY = "表の右端の欄は、計、合計、累計、平均、実施率から [ ] に並べ（例 [計, 実施率]）、行の closing は数で書いてください"

FirstMonth = Literal["4月始まり", "3月始まり"]
Basis = Literal["単月", "累計"]
RowKind = Literal["単月", "累計", "率"]
Grouping = Literal["年度ごと", "種類ごと"]
Closing = Literal["計", "合計", "累計", "平均", "実施率"]
TableId = Annotated[str, StringConstraints(pattern=f"^{ID_PATTERN}$", max_length=TABLE_ID_LENGTH), Form.ID]


def _twelve(values: tuple[Any, ...]) -> tuple[Any, ...]:
    if values and len(values) != MONTHS:
        raise ValueError(f"{len(values)}か月分です")
    return values


def _form(value: Any) -> str:
    return "months" if isinstance(value, Mapping) else "list"


MonthlyValues = Annotated[
    Annotated[tuple[MonthValue, ...], AfterValidator(_twelve), Tag("list")]
    | Annotated[Mapping[Month, MonthValue], WrapValidator(refuse_double_keys), Tag("months")],
    Discriminator(_form),
    WithJsonSchema({"type": ["array", "object"]}),
    Form.MONTHS,
]


@lru_cache
def _month_order(months: FirstMonth) -> tuple[int, ...]:
    first = 4 if months == "4月始まり" else 3
    return tuple((first - 1 + n) % MONTHS + 1 for n in range(MONTHS))


def _by_month(values: Any, order: tuple[int, ...]) -> Mapping[int, Any]:
    return values if isinstance(values, Mapping) else dict(zip(order, values, strict=False))


def _figures(values: Any, order: tuple[int, ...]) -> dict[int, Any]:
    """The figures by month, in order and without the months to come."""
    by_month = _by_month(values, order)
    return {month: by_month[month] for month in order if by_month.get(month) is not None}


class MonthlySeries(Entry):
    """The figures of one fiscal year in the order of the table's months, or by month; a month to come is empty.

    `closing` is a figure of the closing column that cannot be computed. A series with `part` and `whole` is
    computed: its figures are the cumulative part ÷ the cumulative whole in %.
    """

    noun: ClassVar = "月別の表の行"
    entry_list: ClassVar = EntryList(
        "series",
        MONTHLY_FILE,
        "monthly",
        sheet="月次",
        title="月別の数",
        about="1行が、表の1年度分です。これからの月は空のまま、数えない月は - と書きます。累計・率・合計は計算します。",
        leading=(Column("表", 22, "シート「月次表」の表", key=("table",), form=Form.ID, ids_of="tables"),),
        origin=Column("元の行（自動）", 22, "書き出したときの行"),
    )

    year: Annotated[Year, Column("年度", 11)] = Field(description="年度（R3、令和3年度 など）")
    label: Annotated[Text, Column("行の名前", 18, "空なら、年度だけ")] = Field(
        default="", description="行の名前。書かなければ年度"
    )
    id: Annotated[
        Id | None, Column("行のid", 14, "書かなくてよい。ほかの行から指すときの名前", after="rows")
    ] = Field(default=None, description="ほかの行から指すときの id")
    values: Annotated[
        MonthlyValues,
        Column(
            "月の欄",
            8.5,
            remedy="12か月分を表の月の順に並べ、これからの月は null、数えない月は - と書いてください。"
            "桁区切りの「,」は書けません",
            of_key="1月から12月までの月と数を、桁区切りの「,」なしで書いてください（例 {4月: 9957, 5月: 13008}）",
            of_part="数を書いてください（例 9957）。これからの月は null、数えない月は - と書きます",
            suffixes=UNITS,
        ),
    ] = Field(
        default=(),
        description="月ごとの数（12か月分を表の月の順に並べるか、月: 数。これからの月は null、数えない月は -）",
    )
    eligible: Annotated[Count | None, Column("対象者数（人）", 14, "率の分母", suffixes=("人",))] = Field(
        default=None, description="対象者数（率の分母）"
    )
    population: Annotated[
        Id | None,
        Column("対象者", 18, "シート「対象者」の行。対象者数をそこから使う", ids_of="populations"),
    ] = Field(default=None, description="対象者の id（kpis.yaml の populations。対象者数をそこから使う）")
    opening: Annotated[
        Figure | None,
        Form.NUMBER,
        Column("引き継ぐ数", 11, "前年度から引き継いで、累計に足す数", "数で書いてください（例 601）"),
    ] = Field(default=None, description="前年度から引き継ぐ数（累計に足す）")
    closing: Annotated[
        Figure | None,
        Column("右端の数", 10, "計算できない累計や平均だけに書く", CLOSING_REMEDY, suffixes=UNITS),
    ] = Field(default=None, description="計算できない累計や平均（右端の欄の数）")
    rows: Annotated[tuple[RowKind, ...], Column("印刷する行", 14, "空なら、表と同じ", ROWS_REMEDY)] = Field(
        default=(), description="印刷する行（単月、累計、率。書かなければ表と同じ）"
    )
    part: Annotated[
        Id | None, Column("分子", 14, "割合の分子になる行の名前", ids_of="series", shared=False)
    ] = Field(default=None, description="割合の分子の行の id")
    whole: Annotated[
        Id | None, Column("分母", 14, "割合の分母になる行の名前", ids_of="series", shared=False)
    ] = Field(default=None, description="割合の分母の行の id")


class MonthlyTable(Entry):
    """One printed table of months: what its figures are, what is computed, and its series in order.

    Rates and means are rounded half up to `decimals` places.
    """

    noun: ClassVar = "月別の表"
    entry_list: ClassVar = EntryList(
        "tables",
        MONTHLY_FILE,
        "monthly",
        sheet="月次表",
        title="月別の表",
        about="1行が一つの表です。月ごとの数は、シート「月次」（3月始まりの表は「月次（3月始まり）」）に書きます。",
        called_by=("caption",),
    )

    id: Annotated[TableId, Column(ID_HEADING, 16, f"{ID_NOTE}（18文字まで）", after="as_of")] = Field(
        description="表の id（英小文字・数字・ハイフン、18文字まで）"
    )
    caption: Annotated[Line, Column("表の名称", 48, "グラフの題にもなる")] = Field(
        description="表の名称（グラフの題にもなる）"
    )
    kpi: Annotated[Id | None, Column("KPI", 24, "この表が示すKPI", ids_of="kpis")] = Field(
        default=None, description="KPI の id（この表が示すもの）"
    )
    head: Annotated[Text, Column("左上の語", 17, "表の左上に印刷する語（単月、累計 など）")] = Field(
        default="", description="表の左上に印刷する語（単月、累計 など）"
    )
    months: Annotated[
        FirstMonth, Column("月の並び", 12, remedy="4月始まり か 3月始まり と書いてください")
    ] = Field(default="4月始まり", description="月の並び（4月始まり か 3月始まり）")
    unit: Annotated[Text, Column("単位", 9, choices=UNITS, is_open=True)] = Field(
        default="", description="数の単位（%、人、件、円 など）"
    )
    entered: Annotated[
        Basis,
        Column("入力した数", 11, "累計しか分からないときは 累計", "単月 か 累計 と書いてください"),
    ] = Field(default="単月", description="入力した数（単月 か 累計。累計しか分からないときは 累計）")
    rows: Annotated[tuple[RowKind, ...], Column("印刷する行", 16, "空なら、入力した数だけ", ROWS_REMEDY)] = (
        Field(default=(), description="印刷する行（単月、累計、率。書かなければ入力した数だけ）")
    )
    grouping: Annotated[Grouping, Column("行のまとめ方", 13)] = Field(
        default="年度ごと", description="行のまとめ方（年度ごと か 種類ごと）"
    )
    closing: Annotated[tuple[Closing, ...], Column("右端の欄", 14, remedy=CLOSING_REMEDY)] = Field(
        default=(), description="右端の欄（計、合計、累計、平均、実施率。いくつでも）"
    )
    decimals: Annotated[
        int,
        Column(
            "小数の桁数",
            11,
            "計算する率と平均の桁数（四捨五入）。空なら 1",
            "0から4までの整数で書いてください（例 1）",
        ),
    ] = Field(default=1, ge=0, le=4, description="小数点より下の桁数（計算する率と平均。四捨五入）")
    as_of: Annotated[Month | None, Column("時点", 9, "何月までの数か。シート「会議」と違うときだけ")] = Field(
        default=None, description="時点の月（ファイルの as_of と違うときだけ）"
    )
    series: tuple[MonthlySeries, ...] = Field(
        min_length=1, description="行（1年度を「- year:」の行から始める）"
    )

    @field_validator("series")
    @classmethod
    def _by_month(cls, series: tuple[MonthlySeries, ...], info: ValidationInfo) -> tuple[MonthlySeries, ...]:
        """The series with their figures by month, so that the same figures are the same however they were written."""
        order = _month_order(info.data.get("months", "4月始まり"))
        return tuple(one.model_copy(update={"values": _figures(one.values, order)}) for one in series)

    @property
    def first_month(self) -> int:
        """4 or 3."""
        return self.month_order[0]

    @property
    def month_order(self) -> tuple[int, ...]:
        """The twelve months as they are printed."""
        return _month_order(self.months)

    def values_of(self, series: MonthlySeries) -> tuple[Any, ...]:
        """The twelve entered figures of a series in the order of the months: a number, "-", or None."""
        by_month = _by_month(series.values, self.month_order)
        return tuple(by_month.get(month) for month in self.month_order)

    def rows_of(self, series: MonthlySeries) -> tuple[RowKind, ...]:
        """The rows that are printed of a series."""
        return series.rows or self.rows or (self.entered,)
