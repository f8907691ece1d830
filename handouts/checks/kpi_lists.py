"""Rules on lists of KPIs: there are some, every KPI of the list has a place in the plan, and the plan is settled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handouts.checks.entered import ids_at_fault, kinds_with, with_refs
from handouts.dataset.declared import terms_of
from handouts.dataset.kinds import Prints
from handouts.dataset.kpis import Kpi
from handouts.dataset.model import Dataset
from handouts.dataset.plan import Kind
from handouts.dataset.reading import place_of
from handouts.dataset.stored import KPI_FILE
from handouts.findings import ByForm, Finding, Place, Rule
from handouts.measures.placeholders import kpi_paragraphs, references

UNPLACED = Rule(
    "kpi.unplaced",
    "KPI「{name}」は計画のどこにも出てこないので、一覧の最後に「その他」として載ります",
    remedy=ByForm(
        "計画の載せたい所に {{kpi:{id}}} と書くか、一覧に載せないなら {unlisted} と書いてください",
        "計画の載せたい所に {{kpi:{name}}} と書くか、一覧に載せないなら {unlisted} と書いてください",
    ),
    severity="warning",
    unlisted=ByForm("listed: false", "「一覧に載せる」の欄に「いいえ」"),
)
NONE_ENTERED = Rule(
    "kpi.none-entered",
    "計画に KPI の文が{count}件ありますが、{kpis} には1件もありません",
    "KPI の一覧、グラフ、実施状況の印は、入力した KPI から作ります",
    ByForm(
        "KPI を {kpis} に入力し、計画の文を {{kpi:id}} に置き換えてください",
        "KPI を {kpis} に入力し、計画の文を {{kpi:KPIの名称}} に置き換えてください",
    ),
    "warning",
    kpis=ByForm(KPI_FILE, terms_of(Kpi).list.said("workbook", "")),
)
NOT_FINAL = Rule(
    "edition.not-final",
    ByForm(
        "版が「{edition}」のまま、{handout}（{kind}）を作ろうとしています",
        "版が「{edition}」のまま、{handout}を作ろうとしています",
    ),
    "{handout}は、本部の審査を受けた「最終」の版から作ります",
    ByForm(
        "edition を「最終」に直すか、handouts から {kind} を消してください",
        "版を「最終」に直すか、シート「会議」の作る資料から「{handout}」を消してください",
    ),
    "warning",
)


def check_listed_kpis(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A KPI of the list that the plan does not name, so that nobody can tell under which pillar it belongs."""
    if not kinds_with(Prints.FINAL_PLAN, dataset):
        return
    paragraphs = kpi_paragraphs(dataset.plan)
    for kpi in dataset.kpis:
        if kpi.listed and kpi.id not in paragraphs:
            yield UNPLACED.at(place_of(f"kpi:{kpi.id}", places), name=kpi.name, id=kpi.id)


def check_edition(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A 最終報告 of an edition that is not the last one."""
    for kind in kinds_with(Prints.FINAL_PLAN, dataset) if dataset.edition != "最終" else ():
        place = place_of("dataset:edition", places)
        yield NOT_FINAL.at(place, edition=dataset.edition, handout=kind.short_name, kind=kind.id)


def check_typed_kpis(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """KPIs that stand in the plan as sentences while none is entered: lists, charts and marks have nothing of them."""
    typed = [
        ref
        for paragraph, ref in with_refs("plan", dataset.plan.paragraphs)
        if paragraph.kind is Kind.KPI and paragraph.text and not references(paragraph.text)
    ]
    if typed and not dataset.kpis and not ids_at_fault("kpi", dataset, places):
        yield NONE_ENTERED.at(place_of(typed[0], places), count=len(typed))
