"""最終報告: what headquarters' review came to, the KPIs before and after it, and the plan as it is settled."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from handouts.compose.charts import Chart
from handouts.compose.kpi_list import KpiChange, KpiList, compose_kpi_list
from handouts.compose.page import ContentsLine, Front, compose_front, in_digits_of, year_and_branch, year_name
from handouts.compose.plan import PlanPillar, compose_pillars
from handouts.compose.year_plan import compose_plan_alone
from handouts.dataset.kinds import FINAL_REPORT
from handouts.dataset.model import Dataset, Datasets

_CHANGES = {KpiChange.CHANGED: "変更", KpiChange.NEW: "新規", KpiChange.DROPPED: "削除"}


@dataclass(frozen=True, slots=True)
class FinalReport:
    """The whole handout, ready to print: the list of KPIs and the plan under the names of the contents.

    `kpi_part` is None where there is no KPI to list.
    """

    front: Front
    kpi_part: ContentsLine | None
    kpis: KpiList
    plan_part: ContentsLine
    pillars: tuple[PlanPillar, ...]
    charts: tuple[Chart, ...] = ()


def compose_final_report(datasets: Datasets) -> FinalReport:
    """The settled plan with its KPIs beside those of the earlier edition; last year's is not looked at."""
    dataset = datasets.this
    kpis = compose_kpi_list(dataset, datasets.earlier)
    kpi_title = f"{year_name(dataset)} ＫＰＩ（重要業績評価指標）一覧"
    kpi_part = ContentsLine(kpi_title, "kpis") if kpis.groups else None
    plan_part = ContentsLine(f"{year_and_branch(dataset)}の事業計画", "plan")
    return FinalReport(
        front=_front(dataset, tuple(filter(None, (kpi_part, plan_part))), tuple(_statements(datasets, kpis))),
        kpi_part=kpi_part,
        kpis=kpis,
        plan_part=plan_part,
        pillars=compose_pillars(dataset, compose_plan_alone(dataset).lowered),
    )


def _front(dataset: Dataset, contents: tuple[ContentsLine, ...], statements: tuple[str, ...]) -> Front:
    front = compose_front(dataset, FINAL_REPORT)
    wide = dataset.year_form.is_wide
    return replace(
        front, cover=replace(front.cover, contents=contents, wide_pages=wide, statements=statements)
    )


def _statements(datasets: Datasets, kpis: KpiList) -> Iterator[str]:
    """What is reported: the result of the review, and what it changed; without an earlier edition, the plan alone."""
    dataset, earlier = datasets.this, datasets.earlier
    year = year_name(dataset)
    if earlier is None:
        with_list = "、ＫＰＩの一覧とあわせて" if kpis.groups else "、"
        yield f"{year}の事業計画がまとまりましたので{with_list}ご報告します。"
        return
    yield f"{year}の事業計画は、本部による審査が済みましたので、最終の内容をご報告します。"
    if kpis.groups:
        yield _kpi_statement(kpis, dataset)
    if count := _changed_paragraphs(earlier, dataset):
        yield in_digits_of(dataset, f"計画の文章は、審査の前から{count}段落を改めました。")
    else:
        yield "計画の文章は、審査の前のとおりです。"


def _changed_paragraphs(earlier: Dataset, dataset: Dataset) -> int:
    """How many paragraphs have other words, or stand in one of the editions only; figures and numbers aside."""
    old, new = ([paragraph.text for paragraph in each.plan.paragraphs] for each in (earlier, dataset))
    steps = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return sum(max(to - at, end - start) for step, at, to, start, end in steps if step != "equal")


def _kpi_statement(kpis: KpiList, dataset: Dataset) -> str:
    if not kpis.changes:
        return "ＫＰＩに、審査の前から変わったものはありません。"
    kinds = "、".join(
        f"{word}{kpis.changes[change]}件" for change, word in _CHANGES.items() if change in kpis.changes
    )
    return in_digits_of(dataset, f"ＫＰＩは、審査の前から{kpis.change_count}件が変わりました（{kinds}）。")
