"""Rules on the 最終報告: every KPI of its list has a place in the plan, and the plan is settled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handouts.checks.entered import kinds_with
from handouts.dataset.kinds import Prints
from handouts.dataset.model import Dataset
from handouts.dataset.reading import place_of
from handouts.findings import Finding, Place
from handouts.measures.placeholders import kpi_paragraphs


def check_listed_kpis(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A KPI of the list that the plan does not name, so that nobody can tell under which pillar it belongs."""
    if not kinds_with(Prints.FINAL_PLAN, dataset):
        return
    paragraphs = kpi_paragraphs(dataset.plan)
    for kpi in dataset.kpis:
        if kpi.listed and kpi.id not in paragraphs:
            yield Finding(
                place_of(f"kpi:{kpi.id}", places),
                f"KPI「{kpi.name}」は計画のどこにも出てこないので、一覧の最後に「その他」として載ります",
                "",
                f"計画の載せたい所に {{kpi:{kpi.id}}} と書くか、一覧に載せないなら listed: false と書いてください",
                "warning",
            )


def check_edition(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A 最終報告 of an edition that is not the last one."""
    kinds = kinds_with(Prints.FINAL_PLAN, dataset) if dataset.edition != "最終" else ()
    for kind in kinds:
        yield Finding(
            place_of("dataset:edition", places),
            f"版が「{dataset.edition}」のまま、{kind.short_name}（{kind.id}）を作ろうとしています",
            f"{kind.short_name}は、本部の審査を受けた「最終」の版から作ります",
            f"edition を「最終」に直すか、handouts から {kind.id} を消してください",
            "warning",
        )
