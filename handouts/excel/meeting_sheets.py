"""What a dataset says of itself in the input workbook: the sheets 会議, 比べ方 and 宛先."""

from __future__ import annotations

import typing

from handouts.dataset.kinds import KindTexts
from handouts.dataset.model import (
    ChartsPlace,
    Edition,
    HandoutSettings,
    RecipientGroup,
)
from handouts.dataset.schemas import (
    DATASET_FILE,
    MONTHLY_FILE,
)
from handouts.excel.columns import Column, Form, Table

NEW_PARAGRAPH = "（新しい段落）"
NO_MARKS = "（付けない）"
LEVELS = 10  # how many levels of numbering have a row

# What the sheet 会議 says, row by row: its label, and how the cell beside it is read.
ITEMS: tuple[tuple[str, Column], ...] = (
    (
        DATASET_FILE,
        Column("データの名前", note="このブックを書き出したデータの名前"),
    ),
    (
        DATASET_FILE,
        Column("このブックの範囲", note="全体、または一つのグループの分"),
    ),
    (
        DATASET_FILE,
        Column("支部", ("branch",), note="支部の名前（「支部」は書かない）"),
    ),
    (
        DATASET_FILE,
        Column(
            "年度",
            ("fiscal_year",),
            note="印刷もこの形になる（令和7年度、令和７年度、2025（令和7）年度 など）",
        ),
    ),
    (DATASET_FILE, Column("版", ("edition",), Form.CHOICE, choices=typing.get_args(Edition))),
    (
        DATASET_FILE,
        Column("前年度のデータ", ("previous",), note="隣にあるフォルダーかブックの名前（例 gunma-r6）"),
    ),
    (
        DATASET_FILE,
        Column(
            "審査を受ける前の版のデータ",
            ("earlier",),
            note="最終報告で比べる、本部の審査を受ける前の版（例 fukushima-r7-an）",
        ),
    ),
    *(
        (
            DATASET_FILE,
            Column(
                f"番号（階層{level}）",
                ("numbering", "levels", str(level - 1)),
                Form.SAMPLE,
                note="その階層の最初の番号の形。後ろの空白も番号の一部" if level == 1 else "",
            ),
        )
        for level in range(1, LEVELS + 1)
    ),
    (DATASET_FILE, Column("KPIの番号", ("numbering", "kpi"), Form.SAMPLE, note="最初の番号の形（例 1) ）")),
    (DATASET_FILE, Column("KPIの見出し", ("numbering", "kpi_head"), Form.SAMPLE, note="例 ■KPI：")),
    (DATASET_FILE, Column("箇条書きの記号", ("numbering", "bullet"), Form.SAMPLE, note="例 ・")),
    (
        DATASET_FILE,
        Column(
            "通し番号にする階層",
            ("numbering", "running"),
            Form.WHOLES,
            note="上の見出しが変わっても番号を続ける階層（上から1、2、3と数える）",
        ),
    ),
    (
        MONTHLY_FILE,
        Column("月別の数の時点", ("as_of",), Form.MONTH, note="何月までの数か（例 9月）"),
    ),
)
MEETING_SHEET = "会議"
SCOPE, DATASET_NAME = "このブックの範囲", "データの名前"
WHOLE = "全体"
BASE = Table(
    "base",
    MEETING_SHEET,
    "基本の情報",
    "黄色の欄に書き入れます。灰色の欄は自動で入ります。",
    DATASET_FILE,
    None,
    (
        Column("項目", ("label",), width=30),
        Column("値", ("value",), width=36),
        Column("書き方（自動）", width=18),
    ),
    spare=0,
)

HANDOUTS = Table(
    "handouts",
    MEETING_SHEET,
    "作る資料",
    "1行に一つの資料を書きます。",
    DATASET_FILE,
    HandoutSettings,
    (
        Column(
            "資料の種類",
            ("kind",),
            Form.CHOICE,
            26,
            choices=KindTexts(lambda kind: kind.short_name),
            values=KindTexts(lambda kind: kind.id),
        ),
        Column("会議", ("meeting",), width=34, note="会議の名称（例 第3回群馬支部評議会）"),
        Column("開催日", ("date",), Form.DATE, 18),
        Column("資料番号", ("material",), width=12, note="例 資料2-1"),
        Column("表題", ("title",), width=28, note="書かなければ、年度と支部名から作る"),
        Column("合計を載せる", ("totals",), Form.FLAG, 14, note="予算の小計・合計を載せるか"),
        Column("議題", ("agenda",), width=24, note="表紙の議題（例 【議題２】報告事項）"),
        Column("表紙の注", ("note",), width=32, note="※で始まる文"),
        Column("グラフの場所", ("charts",), Form.CHOICE, 14, choices=typing.get_args(ChartsPlace)),
    ),
    spare=3,
)
OVERRIDES = Table(
    "comparison",
    "比べ方",
    "前年度との比べ方の直し",
    "対応する段落や、変わった語句の印を、自分で決めるときだけ書きます。",
    DATASET_FILE,
    None,
    (
        Column(
            "今年度の段落",
            ("paragraph",),
            width=24,
            note="計画の id（または元のid）",
            ids_of="plan",
            is_open=True,
        ),
        Column("段落の文（自動）", width=34),
        Column(
            "前年度の段落",
            ("pairs",),
            width=24,
            note=f"比べる段落の id。前年度の後身でなければ {NEW_PARAGRAPH}。空なら自動",
            choices=(NEW_PARAGRAPH,),
            is_open=True,
        ),
        Column(
            "印を付ける語句",
            ("marks",),
            Form.LINES,
            50,
            note=f"1行に1語（セルの中で改行）。どこにも付けないなら {NO_MARKS}。空なら自動",
        ),
    ),
    spare=10,
)
RECIPIENTS = Table(
    "recipients",
    "宛先",
    "メールの宛先",
    "1行に一人を書きます。資料をメールで送るときの一覧です。",
    DATASET_FILE,
    None,
    (
        Column("宛先の組", ("group",), Form.CHOICE, 18, choices=typing.get_args(RecipientGroup)),
        Column("氏名とアドレス", ("mailbox",), width=60, note="例 群馬 太郎 <taro@example.jp>"),
    ),
)
