"""The shapes of the yaml files of a dataset, and of the one with the recipients of all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetPydanticSchema,
    PlainValidator,
    WithJsonSchema,
)
from pydantic_core import PydanticKnownError

from handouts.dataset.budget import BudgetField, Initiative
from handouts.dataset.columns import Column, Form
from handouts.dataset.declared import Terms
from handouts.dataset.fields import Entry, Line, Month
from handouts.dataset.fiscal import parse_fiscal_year
from handouts.dataset.kinds import KINDS
from handouts.dataset.kpis import Kpi, Population
from handouts.dataset.mailbox import parse_mailbox
from handouts.dataset.model import Edition, RecipientGroup
from handouts.dataset.monthly import MonthlyTable
from handouts.dataset.progress import ProgressEntry, ProgressItem
from handouts.dataset.review_record import ReviewFile
from handouts.dataset.settings import HandoutSettings, NumberingStyle, Overrides, Silence
from handouts.dataset.stored import (
    BUDGET_FILE,
    DATASET_FILE,
    KPI_FILE,
    MONTHLY_FILE,
    PROGRESS_FILE,
    RECIPIENTS_FILE,
    REVIEW_FILE,
)
from handouts.findings import ListTerm


def _branch(value: Any) -> Any:
    return value.strip().removesuffix("支部") if isinstance(value, str) else value


def _fiscal_year(value: str) -> str:
    parse_fiscal_year(value)
    return value


def _folder_name(value: str) -> str:
    if re.search(r'[/\\:*?"<>|]', value) or value.strip(".") == "":
        raise ValueError("フォルダーの名前ではなく、場所を表しています")
    return value


def _kind(value: Any) -> Any:
    if value not in KINDS:
        raise PydanticKnownError("literal_error", {"expected": ", ".join(map(repr, KINDS))})
    return value


def _describe_kinds() -> str:
    kinds = "、".join(f"{kind.id} は{kind.described}" for kind in KINDS.values())
    return f"資料ごとの設定（{kinds}）"


def _recipient(value: str) -> str:
    return str(parse_mailbox(value))


def _recipient_list(value: Any) -> Any:
    """A list as it is; of nobody where nothing is written, of one where only that one is."""
    return [] if value is None else [value] if isinstance(value, str) else value


Branch = Annotated[Line, BeforeValidator(_branch)]
FiscalYearText = Annotated[
    Line, AfterValidator(_fiscal_year), WithJsonSchema({"type": ["string", "integer"]})
]
FolderName = Annotated[Line, AfterValidator(_folder_name)]
# Which kinds there are is asked when it is needed: one may be registered later.
KindId = Annotated[
    str,
    PlainValidator(_kind),
    GetPydanticSchema(
        get_pydantic_json_schema=lambda schema, handler: {"type": "string", "enum": list(KINDS)}
    ),
]
Recipients = Annotated[
    tuple[Annotated[Line, AfterValidator(_recipient)], ...],
    BeforeValidator(_recipient_list),
    WithJsonSchema({"type": ["array", "string", "null"], "items": {"type": "string"}}),
]
RecipientLists = Annotated[
    Mapping[RecipientGroup, Recipients],
    Column(
        "氏名とアドレス",
        60,
        "例 群馬 太郎 <taro@example.jp>",
        "「- 氏名 <アドレス>」の行を並べてください（例 - 群馬 太郎 <taro@example.jp>）",
    ),
]


class DatasetFile(Entry):
    """What dataset.yaml holds."""

    noun: ClassVar = "データの基本情報（dataset.yaml）"

    branch: Annotated[Branch, Column("支部", note="支部の名前（「支部」は書かない）")] = Field(
        description="支部の名前（「支部」は書かない）"
    )
    fiscal_year: Annotated[
        FiscalYearText,
        Column(
            "年度",
            note="印刷もこの形になる（令和7年度、令和７年度、2025（令和7）年度 など）",
            remedy="令和7年度、令和７年度、2025（令和7）年度、R7 のどれかの形で書いてください",
        ),
    ] = Field(description="年度（令和7年度、令和７年度、2025（令和7）年度、R7 など。印刷もこの形）")
    edition: Annotated[Edition, Column("版", remedy="案、本部提出、最終のどれかを書いてください")] = Field(
        description="版（案、本部提出、最終のどれか）"
    )
    previous: Annotated[
        FolderName | None,
        Column(
            "前年度のデータ",
            note="隣か data フォルダーにある、フォルダーかブックの名前（例 gunma-r6）",
            remedy="隣にある前年度のフォルダーの名前だけを書いてください（例 gunma-r6）",
        ),
    ] = Field(default=None, description="前年度のデータ（このフォルダーの隣にあるフォルダーの名前）")
    earlier: Annotated[
        FolderName | None,
        Column(
            "審査を受ける前の版のデータ",
            note="最終報告で比べる、本部の審査を受ける前の版。残した版の名前（例 本部提出）か、データの名前（例 fukushima-r7-an）",
            remedy="残した版の名前か、隣にあるデータの名前だけを書いてください（例 本部提出）",
        ),
    ] = Field(
        default=None,
        description="本部の審査を受ける前の版のデータ（残した版の名前か、隣にあるフォルダーの名前）",
    )
    groups: Annotated[
        tuple[Line, ...],
        Form.NAMES,
        Column(
            "支部のグループ",
            note="「、」で区切って並べる（例 業務、レセプト、保健、企画総務）。空なら、計画の見出しにあるグループと、この4つ",
            remedy="グループの名前を [ ] の中に並べてください（例 [業務, レセプト, 保健, 企画総務]）",
        ),
    ] = Field(
        default=(),
        description="支部のグループ（例 [業務, レセプト, 保健, 企画総務]。書かなければ、計画の見出しにあるグループと、この4つ）",
    )
    numbering: NumberingStyle = Field(default_factory=NumberingStyle, description="番号の付け方")
    handouts: Mapping[KindId, HandoutSettings] = Field(
        default_factory=dict,
        description=_describe_kinds(),
        json_schema_extra=lambda schema: schema.update(description=_describe_kinds()),
    )
    recipients: RecipientLists = Field(
        default_factory=dict,
        description="メールの宛先（評議会委員、本部、支部内のそれぞれに、「氏名 <アドレス>」を並べる）",
    )
    comparison: Overrides = Field(default_factory=Overrides, description="前年度との比べ方の直し")
    silenced: tuple[Silence, ...] = Field(
        default=(), description="確認済みの指摘（そのままでよい注意を、1件を「- finding:」の行から書く）"
    )


DATASET = Terms(DatasetFile, ListTerm("dataset", DATASET_FILE, "会議"))


class BudgetFile(Entry):
    """What budget.yaml holds."""

    noun: ClassVar = "取組と予算（budget.yaml）"

    initiatives: tuple[Initiative, ...] = Field(
        default=(), description="取組（1件を「- id:」の行から始め、字下げを半角の空白でそろえる）"
    )
    fields: tuple[BudgetField, ...] = Field(
        default=(), description="経費の区分・分野（執行額を区分ごとに示すときに書く）"
    )


class KpiFile(Entry):
    """What kpis.yaml holds."""

    noun: ClassVar = "KPI と対象者数（kpis.yaml）"

    kpis: tuple[Kpi, ...] = Field(
        default=(), description="KPI（1件を「- id:」の行から始め、字下げを半角の空白でそろえる）"
    )
    populations: tuple[Population, ...] = Field(
        default=(), description="対象者（健診・保健指導の対象者数と見込者数。1件を「- id:」の行から始める）"
    )


class MonthlyFile(Entry):
    """What monthly.yaml holds."""

    noun: ClassVar = "月別の数（monthly.yaml）"

    as_of: Annotated[Month | None, Column("月別の数の時点", note="何月までの数か（例 9月）")] = Field(
        default=None, description="時点の月（何月までの数か。9月 など）"
    )
    tables: tuple[MonthlyTable, ...] = Field(
        default=(), description="月別の表（1つを「- id:」の行から始め、字下げを半角の空白でそろえる）"
    )


class ProgressFile(Entry):
    """What progress.yaml holds."""

    noun: ClassVar = "実施状況（progress.yaml）"

    items: tuple[ProgressItem, ...] = Field(default=(), description="事業（印を付けるものだけ書く）")
    entries: tuple[ProgressEntry, ...] = Field(
        default=(), description="実施状況の記録（計画の順に、1件を「- plan:」の行から始める）"
    )


class RecipientsFile(Entry):
    """What recipients.yaml holds, which stands beside the datasets and is for all of them."""

    noun: ClassVar = "すべてのデータに共通の宛先（recipients.yaml）"

    recipients: RecipientLists = Field(
        default_factory=dict,
        description="メールの宛先（評議会委員、本部、支部内のそれぞれに、「氏名 <アドレス>」を並べる。"
        "同じ宛先の一覧がデータにもあれば、データのほうを使う）",
    )


ENTRY_FILES: Mapping[str, type[Entry]] = {
    DATASET_FILE: DatasetFile,
    BUDGET_FILE: BudgetFile,
    KPI_FILE: KpiFile,
    MONTHLY_FILE: MonthlyFile,
    PROGRESS_FILE: ProgressFile,
    RECIPIENTS_FILE: RecipientsFile,
    REVIEW_FILE: ReviewFile,
}
# Those that hold rows with ids.
ROW_FILES: tuple[type[Entry], ...] = (BudgetFile, KpiFile, MonthlyFile, ProgressFile)
