"""Charts for tests: made by hand, each a case that is easy to draw wrongly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from handouts.compose.charts import (
    Chart,
    ChartSize,
    KpiFigures,
    LineChart,
    achievement_charts,
    execution_charts,
    line_chart,
)
from handouts.measures.execution import Execution

MONTHS = [f"{(month + 2) % 12 + 1}月" for month in range(1, 13)]


def months(title: str, series: Mapping[str, Sequence[str | None]], **more: object) -> LineChart:
    """A chart of lines; each year has its figures from April on."""
    figures = [
        (name, [*(None if text is None else Decimal(text) for text in texts), *[None] * (12 - len(texts))])
        for name, texts in series.items()
    ]
    identifier = str(more.pop("identifier", "checkup"))
    made = line_chart(identifier, title, MONTHS, figures, **more)
    assert made is not None
    return made


def checkup(size: ChartSize = "half", identifier: str = "checkup") -> LineChart:
    """Three years of a cumulative rate, two of them whole, and a target."""
    years = {
        "令和元年度": [
            "4.0",
            "9.3",
            "15.4",
            "21.5",
            "26.4",
            "31.7",
            "37.9",
            "43.1",
            "46.7",
            "49.8",
            "54.0",
            "57.8",
        ],
        "令和2年度": [
            "2.2",
            "3.7",
            "8.5",
            "14.5",
            "19.7",
            "26.1",
            "33.1",
            "38.8",
            "43.1",
            "46.7",
            "51.1",
            "55.9",
        ],
        "令和3年度": ["3.9", "8.1", "13.5", "19.1", "23.8", "28.9"],
    }
    return months(
        "生活習慣病予防健診受診率",
        years,
        unit="%",
        target=Decimal("61.0"),
        target_text="61.0%以上",
        ref="monthly:checkup",
        size=size,
        identifier=identifier,
    )


def hard_cases() -> tuple[LineChart, ...]:
    """Lines that lie on one another, end in the same place, leave gaps, go below 0, and have long names."""
    flat = {f"令和{year}年度": ["100"] * 12 for year in range(1, 6)}
    crowded = {f"令和{year}年度": [f"{90 + year / 10}"] * 12 for year in range(1, 9)}
    return (
        months("同じ値", flat, unit="%", target=Decimal(100), target_text="100%"),
        months("混み合う値", crowded, unit="%", target=Decimal("90.5"), target_text="90.5%以上", size="item"),
        months(
            "同じところで終わる年度",
            {"令和2年度": ["1", "2", "3", "4"], "令和3年度": ["1", "2", "3", "4"]},
            unit="件",
        ),
        months(
            "四半期ごと",
            {"令和2年度": [None, None, "45.3", None, None, "44.75", None, None, "45.43"]},
            unit="%",
        ),
        months("負の数", {"令和2年度": ["80", "0", "-32", "136"], "令和3年度": ["31", "-34"]}, unit="人"),
        months("すべて0", {"令和3年度": ["0"] * 6}, unit="件", target_text="対前年度以上"),
        months(
            "長い名前",
            {"被保険者100人以上の事業所における実績の年度計（再掲）": ["1", "2"] * 6, "R3": ["2", "2.5"]},
            size="item",
        ),
        checkup("item"),
        checkup("full"),
    )


def kpi(
    name: str, actual: str | None, target: str | None, mark: str = "", *, at_most: bool = False
) -> KpiFigures:
    """A KPI in %."""
    return KpiFigures(
        name,
        None if actual is None else Decimal(actual),
        None if target is None else Decimal(target),
        "" if actual is None else f"{actual}%",
        "実施" if target is None else f"{target}%{'以下' if at_most else '以上'}",
        mark,
        at_most,
    )


def bars() -> tuple[Chart, ...]:
    """The overview of KPIs of every kind, and budgets of every size."""
    kpis = [
        kpi("現金給付等の申請に係る郵送化率", "93.9", "96.0", "△"),
        kpi("生活習慣病予防健診実施率", "72.2", "71.7", "◎"),
        kpi("事業者健診データ取得率", "51.2", "10.0", "◎"),
        kpi(
            "全被保険者数に占める健康保険委員が委嘱されている事業所の被保険者数の割合" * 2,
            "72.0",
            "72.0",
            "○",
        ),
        kpi("まだ決まらないもの", "3.0", "10.0", "□"),
        kpi("これからのもの", None, "10.0", "□"),
        kpi("一般競争入札に占める一者応札案件の割合", "0.0", "20", "◎", at_most=True),
        kpi("越えてしまったもの", "25.0", "20", "△", at_most=True),
        kpi("効果的な意見発信", None, None, "○"),
    ]
    budgets = [
        ("紙媒体による広報", Execution(1_888_000, 1_749_638)),
        ("各種メディアを活用した広報", Execution(5_000_000, 5_511_000)),
        ("医療機関等を通じた患者へのジェネリック医薬品情報提供" * 3, Execution(135_000, 0)),
        ("予算のない取組", Execution(0, 0)),
        ("集団健診の実施", Execution(15_251_000, 13_264_576)),
    ]
    overview = achievement_charts("kpi", "KPIの達成状況", kpis)
    return (*overview, *execution_charts("budget", "予算の執行状況", budgets))
