"""A dataset as large as no branch has one, to measure with."""

from __future__ import annotations

from decimal import Decimal

from handouts.dataset.budget import Initiative
from handouts.dataset.fiscal import FiscalYear
from handouts.dataset.kpis import Kpi
from handouts.dataset.model import Dataset
from handouts.dataset.monthly import MonthlySeries, MonthlyTable
from handouts.dataset.settings import HandoutSettings
from tests.samples import plan_dataset

_SENTENCE = "申請を受け付けてから支給するまでの期間を短くするため、受付日ごとに処理の進み具合を毎日確かめる。"
_HEADINGS = 50  # with twenty paragraphs each


def large_dataset(rows: int) -> Dataset:
    """A plan, its KPIs, their months and initiatives, so that the sheets have `rows` rows in all."""
    paragraphs = _HEADINGS * 20 + 1
    lines = ["Ⅰ．基盤的保険者機能の盤石化"]
    for heading in range(_HEADINGS):
        lines.append(f"{heading + 1} 見出し{heading} {{#h{heading}}}")
        numbers = range(heading * 19, heading * 19 + 19)
        lines += [f"・{_SENTENCE}{{kpi:k{number}}}" for number in numbers]
    kpis = _HEADINGS * 19
    tables = 400
    initiatives = rows - paragraphs - kpis - 4 * tables
    past = FiscalYear(2024)
    return plan_dataset(
        "\n".join(lines),
        [
            Initiative(id=f"i{n}", name=f"取組の名称{n}", topic=f"h{n % _HEADINGS}", amount=1000 * n)
            for n in range(initiatives)
        ],
        kpis=tuple(
            Kpi(
                id=f"k{n}",
                name=f"指標の名称{n}",
                target=Decimal("62.2"),
                unit="%",
                bound="以上",
                actuals={past: Decimal("61.5")},
            )
            for n in range(kpis)
        ),
        tables=tuple(
            MonthlyTable(
                id=f"t{n}",
                caption=f"表{n}",
                kpi=f"k{n}",
                unit="人",
                series=tuple(
                    MonthlySeries(year=FiscalYear(2022 + year), values=[Decimal(n + m) for m in range(12)])
                    for year in range(3)
                ),
            )
            for n in range(tables)
        ),
        settings=HandoutSettings(),
    )
