"""The plan in the input workbook with its budget and its KPIs: the sheets 計画, 取組・予算, 経費の区分, KPI and 対象者."""

from __future__ import annotations

import typing

from handouts.dataset.fields import Mark
from handouts.dataset.model import (
    Bound,
    BudgetField,
    Initiative,
    Kpi,
    Population,
    RelativeTarget,
)
from handouts.dataset.schemas import (
    BUDGET_FILE,
    KPI_FILE,
    PLAN_FILE,
)
from handouts.excel.columns import UNITS, Column, Form, Table

# The groups of a branch, as the lists offer them; others may be written too.
GROUPS = ("業務", "レセプト", "保健", "企画総務")
PLAN = Table(
    "plan",
    "計画",
    "事業計画",
    "1行が1段落です。種類を選んで文を書くと、番号は取り込むときに付きます。空いた行は読み飛ばします。",
    PLAN_FILE,
    None,
    (
        Column(
            "種類",
            ("kind",),
            Form.CHOICE,
            20,
            note="段落の種類。番号や記号を文に打ち込むときは、空のままでよい",
        ),
        Column("番号（自動）", width=13, note="印刷される番号と記号"),
        Column(
            "文",
            ("text",),
            Form.TEXT,
            100,
            note="段落の文。KPIや予算額は {kpi:id} や {budget:id} のように書くと、数字が入る",
        ),
        Column("id", ("id",), Form.ID, 24, note="取組や記録をこの段落と結び付ける名札。要るところだけに書く"),
        Column("番号を1から", ("restart",), Form.FLAG, 13, note="前の番号に続けず、1から始めるときだけ はい"),
        Column("元のid（自動）", width=16, note="id を書かない段落に付く名前"),
    ),
)
INITIATIVES = Table(
    "initiatives",
    "取組・予算",
    "取組と予算",
    "1行が1件です。前年度から続く取組には、同じ id を付けます。",
    BUDGET_FILE,
    Initiative,
    (
        Column("id", ("id",), Form.ID, 24, note="前年度と同じ取組には同じ id"),
        Column("取組の名称", ("name",), width=58),
        Column(
            "計画の見出し",
            ("topic",),
            width=22,
            note="計画の見出しの id、または見出しの文字",
            ids_of="plan",
            is_open=True,
        ),
        Column("見出しの文字（自動）", width=34),
        Column("区分", ("field",), Form.ID, 22, note="シート「経費の区分」の id", ids_of="fields"),
        Column("予算額（円）", ("amount",), Form.YEN, 16, note="区分の予算額しかなければ、書かない"),
        Column("執行額（円）", ("executed",), Form.YEN, 16),
        Column("（新）を付ける", ("new",), Form.FLAG, 14, note="空なら、前年度に同じ id がない取組に付く"),
    ),
)
FIELDS = Table(
    "fields",
    "経費の区分",
    "経費の区分・分野",
    "執行額を区分ごとに示すときに書きます。",
    BUDGET_FILE,
    BudgetField,
    (
        Column("id", ("id",), Form.ID, 24),
        Column("区分の名称", ("name",), width=54),
        Column("執行実績の表", ("table",), width=36, note="表の名称。同じ名称の区分は一つの表になる"),
        Column(
            "計画の見出し",
            ("topic",),
            width=22,
            note="横に印刷する見出しの id、または見出しの文字",
            ids_of="plan",
            is_open=True,
        ),
        Column("見出しの文字（自動）", width=34),
        Column("予算額（円）", ("amount",), Form.YEN, 16, note="取組ごとに書くなら、ここには書かない"),
        Column("執行額（円）", ("executed",), Form.YEN, 16, note="取組ごとに書くなら、ここには書かない"),
    ),
)
KPIS = Table(
    "kpis",
    "KPI",
    "KPI",
    "1行が一つのKPIです。年度の列は、列を挿入し、見出しに「実績 令和4年度」のように書けば足せます。",
    KPI_FILE,
    Kpi,
    (
        Column("id", ("id",), Form.ID, 24),
        Column("担当グループ", ("group",), Form.TEXT, 12, choices=GROUPS, is_open=True),
        Column("KPIの名称", ("name",), width=42),
        Column(
            "目標",
            ("target",),
            Form.UNIT_NUMBER,
            15,
            note=f"数、または {'、'.join(typing.get_args(RelativeTarget))}。文だけの目標なら空",
            suffixes=UNITS,
        ),
        Column("単位", ("unit",), Form.TEXT, 9, choices=UNITS, is_open=True),
        Column("向き", ("bound",), Form.CHOICE, 10, choices=typing.get_args(Bound)),
        Column("目標", ("targets",), Form.LINES, 13, note="ほかの年度の目標（印刷する語）", by_year=True),
        Column("実績", ("actuals",), Form.RESULT, 10, by_year=True, suffixes=UNITS),
        Column("全国平均", ("averages",), Form.UNIT_NUMBER, 10, by_year=True, suffixes=UNITS),
        Column("全国順位", ("rank",), Form.WHOLE, 8, note="1から47", suffixes=("位",)),
        Column(
            "実施状況",
            ("mark",),
            Form.CHOICE,
            8,
            note="空なら、目標と実績から決まる",
            choices=tuple(mark.value for mark in Mark),
        ),
        Column("印の理由", ("mark_reason",), width=18, note="決まりと違う印にした理由"),
        Column("備考", ("remarks",), width=20),
        Column(
            "印刷する文",
            ("sentence",),
            width=40,
            note="空なら「（名称）を（目標）とする」。{name}、{target}、{before} が使える",
        ),
        Column("一覧での名称", ("list_name",), width=28, note="KPI一覧に載せる名称。空なら KPIの名称"),
        Column("一覧に載せる", ("listed",), Form.FLAG, 9, note="KPI一覧に載せるか"),
    ),
)
POPULATIONS = Table(
    "populations",
    "対象者",
    "健診・保健指導の対象者",
    "1行が一つの対象者です。",
    KPI_FILE,
    Population,
    (
        Column("id", ("id",), Form.ID, 24),
        Column("区分", ("group",), width=26, note="被保険者、被扶養者 など"),
        Column("項目", ("item",), width=36, note="健診などの名称"),
        Column("対象者数（人）", ("eligible",), Form.COUNT, 16, suffixes=("人",)),
        Column("実施率", ("rate",), Form.PERCENT, 11, suffixes=("%",)),
        Column("見込者数（人）", ("planned",), Form.COUNT, 16, suffixes=("人",)),
        Column("対象者数の呼び名", ("eligible_label",), width=22, note="空なら 実施対象者数"),
        Column("率の呼び名", ("rate_label",), width=16, note="空なら 実施率"),
        Column("見込者数の呼び名", ("planned_label",), width=20, note="空なら 実施見込者数"),
    ),
)
