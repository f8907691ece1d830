"""Figures month by month: tables of series, each series the figures of one fiscal year."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any, Literal

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

MONTHS = 12
# Ids of tables stand in bookmarks together with a year and a row.
TABLE_ID_LENGTH = 18

FirstMonth = Literal["4月始まり", "3月始まり"]
Basis = Literal["単月", "累計"]
RowKind = Literal["単月", "累計", "率"]
Grouping = Literal["年度ごと", "種類ごと"]
Closing = Literal["計", "合計", "累計", "平均", "実施率"]
TableId = Annotated[str, StringConstraints(pattern=f"^{ID_PATTERN}$", max_length=TABLE_ID_LENGTH)]


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

    year: Year = Field(description="年度（R3、令和3年度 など）")
    label: Text = Field(default="", description="行の名前。書かなければ年度")
    id: Id | None = Field(default=None, description="ほかの行から指すときの id")
    values: MonthlyValues = Field(
        default=(),
        description="月ごとの数（12か月分を表の月の順に並べるか、月: 数。これからの月は null、数えない月は -）",
    )
    eligible: Count | None = Field(default=None, description="対象者数（率の分母）")
    population: Id | None = Field(
        default=None, description="対象者の id（kpis.yaml の populations。対象者数をそこから使う）"
    )
    opening: Figure | None = Field(default=None, description="前年度から引き継ぐ数（累計に足す）")
    closing: Figure | None = Field(default=None, description="計算できない累計や平均（右端の欄の数）")
    rows: tuple[RowKind, ...] = Field(
        default=(), description="印刷する行（単月、累計、率。書かなければ表と同じ）"
    )
    part: Id | None = Field(default=None, description="割合の分子の行の id")
    whole: Id | None = Field(default=None, description="割合の分母の行の id")


class MonthlyTable(Entry):
    """One printed table of months: what its figures are, what is computed, and its series in order.

    Rates and means are rounded half up to `decimals` places.
    """

    id: TableId = Field(description="表の id（英小文字・数字・ハイフン、18文字まで）")
    caption: Line = Field(description="表の名称（グラフの題にもなる）")
    kpi: Id | None = Field(default=None, description="KPI の id（この表が示すもの）")
    head: Text = Field(default="", description="表の左上に印刷する語（単月、累計 など）")
    months: FirstMonth = Field(default="4月始まり", description="月の並び（4月始まり か 3月始まり）")
    unit: Text = Field(default="", description="数の単位（%、人、件、円 など）")
    entered: Basis = Field(
        default="単月", description="入力した数（単月 か 累計。累計しか分からないときは 累計）"
    )
    rows: tuple[RowKind, ...] = Field(
        default=(), description="印刷する行（単月、累計、率。書かなければ入力した数だけ）"
    )
    grouping: Grouping = Field(default="年度ごと", description="行のまとめ方（年度ごと か 種類ごと）")
    closing: tuple[Closing, ...] = Field(
        default=(), description="右端の欄（計、合計、累計、平均、実施率。いくつでも）"
    )
    decimals: int = Field(
        default=1, ge=0, le=4, description="小数点より下の桁数（計算する率と平均。四捨五入）"
    )
    as_of: Month | None = Field(default=None, description="時点の月（ファイルの as_of と違うときだけ）")
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
