"""The sheets of the input workbook: one contract for writing it, reading it, and saying what is wrong in it."""

from __future__ import annotations

import typing

from handouts.dataset.entry import Mark
from handouts.dataset.model import (
    Bound,
    BudgetField,
    ChartsPlace,
    Edition,
    HandoutSettings,
    Initiative,
    Kpi,
    Population,
    RecipientGroup,
    RelativeTarget,
)
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
    BUDGET_FILE,
    DATASET_FILE,
    KPI_FILE,
    MONTHLY_FILE,
    PLAN_FILE,
    PROGRESS_FILE,
)
from handouts.excel.columns import Column, Form, Table

GUIDE_SHEET = "使い方"
# The groups of a branch and the units of figures, as the lists offer them; others may be written too.
GROUPS = ("業務", "レセプト", "保健", "企画総務")
UNITS = ("%", "件", "人", "円", "日", "事業所", "回")
HANDOUT_NAMES = {
    "plan-budget": "事業計画・予算",
    "plan": "事業計画",
    "final-report": "最終報告",
    "progress": "上期の実施状況",
    "results": "年度の実施状況",
}
NEW_PARAGRAPH = "（新しい段落）"
NO_MARKS = "（付けない）"
LEVELS = 10  # how many levels of numbering have a row
MONTHS = tuple(f"{(month + 2) % 12 + 1}月" for month in range(1, 13))  # from April

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
            choices=tuple(HANDOUT_NAMES.values()),
            values=tuple(HANDOUT_NAMES),
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
)
SHEETS = (GUIDE_SHEET, *dict.fromkeys(table.sheet for table in TABLES_IN_ORDER))
