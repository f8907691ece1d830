"""What was done, in the input workbook: the sheets 月次, 月次表, 進捗 and 事業."""

from __future__ import annotations

import typing

from handouts.dataset.fields import Mark
from handouts.dataset.monthly import (
    Basis,
    Closing,
    FirstMonth,
    Grouping,
    MonthlySeries,
    MonthlyTable,
    RowKind,
)
from handouts.dataset.progress import ProgressEntry, ProgressItem
from handouts.dataset.schemas import (
    MONTHLY_FILE,
    PROGRESS_FILE,
)
from handouts.excel.columns import UNITS, Column, Form, Table

MONTHS = tuple(f"{(month + 2) % 12 + 1}月" for month in range(1, 13))  # from April
TABLES = Table(
    "tables",
    "月次表",
    "月別の表",
    "1行が一つの表です。月ごとの数は、シート「月次」に書きます。",
    MONTHLY_FILE,
    MonthlyTable,
    (
        Column("id", ("id",), Form.ID, 20, note="18文字まで"),
        Column("表の名称", ("caption",), width=48, note="グラフの題にもなる"),
        Column("KPI", ("kpi",), Form.ID, 24, note="この表が示すKPIの id", ids_of="kpis"),
        Column("左上の語", ("head",), width=17, note="表の左上に印刷する語（単月、累計 など）"),
        Column("月の並び", ("months",), Form.CHOICE, 12, choices=typing.get_args(FirstMonth)),
        Column("単位", ("unit",), Form.TEXT, 9, choices=UNITS, is_open=True),
        Column(
            "入力した数",
            ("entered",),
            Form.CHOICE,
            11,
            note="累計しか分からないときは 累計",
            choices=typing.get_args(Basis),
        ),
        Column(
            "印刷する行",
            ("rows",),
            Form.NAMES,
            16,
            note="空なら、入力した数だけ",
            choices=typing.get_args(RowKind),
        ),
        Column("行のまとめ方", ("grouping",), Form.CHOICE, 13, choices=typing.get_args(Grouping)),
        Column("右端の欄", ("closing",), Form.NAMES, 14, choices=typing.get_args(Closing)),
        Column(
            "小数の桁数", ("decimals",), Form.WHOLE, 11, note="計算する率と平均の桁数（四捨五入）。空なら 1"
        ),
        Column("時点", ("as_of",), Form.MONTH, 9, note="何月までの数か。シート「会議」と違うときだけ"),
    ),
)
SERIES = Table(
    "series",
    "月次",
    "月別の数",
    "1行が、表の1年度分です。これからの月は空のまま、数えない月は - と書きます。累計・率・合計は計算します。",
    MONTHLY_FILE,
    MonthlySeries,
    (
        Column("表", ("table",), Form.ID, 20, note="シート「月次表」の id", ids_of="tables"),
        Column("年度", ("year",), Form.YEAR, 11),
        Column("行の名前", ("label",), width=18, note="空なら、年度だけ"),
        *(Column(month, ("values", month), Form.UNIT_NUMBER, 8.5, suffixes=UNITS) for month in MONTHS),
        Column("対象者数（人）", ("eligible",), Form.COUNT, 14, note="率の分母", suffixes=("人",)),
        Column(
            "対象者",
            ("population",),
            Form.ID,
            20,
            note="シート「対象者」の id。対象者数をそこから使う",
            ids_of="populations",
        ),
        Column("引き継ぐ数", ("opening",), Form.NUMBER, 11, note="前年度から引き継いで、累計に足す数"),
        Column(
            "右端の数", ("closing",), Form.UNIT_NUMBER, 10, "計算できない累計や平均だけに書く", suffixes=UNITS
        ),
        Column(
            "印刷する行", ("rows",), Form.NAMES, 14, note="空なら、表と同じ", choices=typing.get_args(RowKind)
        ),
        Column("行のid", ("id",), Form.ID, 14, note="割合の分子・分母として指すときだけ"),
        Column("分子", ("part",), Form.ID, 14, note="割合の分子の、行のid"),
        Column("分母", ("whole",), Form.ID, 14, note="割合の分母の、行のid"),
        Column("元の行（自動）", width=22, note="書き出したときの行"),
    ),
)
ENTRIES = Table(
    "entries",
    "進捗",
    "実施状況",
    "計画の順に、1行に一つの記録を書きます。文は、段落ごとにセルの中で改行（Alt+Enter）します。",
    PROGRESS_FILE,
    ProgressEntry,
    (
        Column(
            "計画の段落",
            ("plan",),
            Form.ID,
            22,
            note="計画の段落か見出しの id。空なら、前の記録と同じ事業の続き",
            ids_of="plan",
        ),
        Column("段落の文（自動）", width=34),
        Column(
            "実施状況",
            ("mark",),
            Form.CHOICE,
            8,
            note="KPIの行は、空なら目標と実績から決まる",
            choices=tuple(mark.value for mark in Mark),
        ),
        Column("実施状況の文", ("text",), Form.LONG, 84),
        Column("KPI", ("kpi",), Form.ID, 24, note="この施策がKPIなら、その id", ids_of="kpis"),
        Column("印の理由", ("mark_reason",), width=18, note="決まりと違う印にした理由"),
        Column("全国順位", ("rank",), Form.WHOLE, 8, note="1から47", suffixes=("位",)),
        Column("順位に斜線", ("slash",), Form.FLAG, 9, note="全国順位の欄に斜線を引くか"),
        Column("月別の表", ("monthly",), Form.IDS, 22, note="文の下に載せる表（シート「月次表」の id）"),
        Column("id", ("id",), Form.ID, 20, note="空なら、計画の段落の id"),
        Column("元の行（自動）", width=22, note="書き出したときの id"),
    ),
)
PROGRESS_ITEMS = Table(
    "items",
    "事業",
    "事業に付ける語",
    "赤い枠で語を付ける事業だけを書きます。",
    PROGRESS_FILE,
    ProgressItem,
    (
        Column(
            "計画の見出し",
            ("heading",),
            width=24,
            note="見出しの id、または見出しの文字",
            ids_of="plan",
            is_open=True,
        ),
        Column("見出しの文字（自動）", width=34),
        Column("付ける語", ("badge",), width=30, note="例 インセンティブ関連"),
    ),
    spare=10,
)
