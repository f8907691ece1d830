"""Findings in the words of a workbook: its sheets and columns instead of files and keys."""

from __future__ import annotations

import re
from collections.abc import Iterable

from handouts.dataset.reading import Reading
from handouts.dataset.stored import (
    BUDGET_FILE,
    DATASET_FILE,
    KPI_FILE,
    MONTHLY_FILE,
    PLAN_FILE,
    PROGRESS_FILE,
)
from handouts.findings import Finding, Place, unruled

_SHEETS = {
    DATASET_FILE: "会議",
    PLAN_FILE: "計画",
    BUDGET_FILE: "取組・予算",
    KPI_FILE: "KPI",
    MONTHLY_FILE: "月次",
    PROGRESS_FILE: "進捗",
}
# What the rules call lists and places in files, and what the same is called in the sheets.
_PHRASES = {
    "dataset.yaml の番号の書き方": "シート「会議」の番号",
    "kpis.yaml の kpis": "シート「KPI」",
    "kpis.yaml の populations": "シート「対象者」",
    "kpis.yaml の対象者": "シート「対象者」",
    "budget.yaml の fields": "シート「経費の区分」",
    "monthly.yaml の tables": "シート「月次表」",
    "progress.yaml の entries": "シート「進捗」",
    "progress.yaml の文": "シート「進捗」の文",
    "区分（fields）": "シート「経費の区分」",
    "計画（plan.md）": "シート「計画」",
    "行の終わりに {#名前} を1つだけ書いてください": "id の列に1つだけ書いてください",
    "行ごと消してください": "消してください",
    "空（null）": "空",
    "null": "「（新しい段落）」",
    "この表に「as_of: ": "シート「月次表」の時点に「",
    **{file: f"シート「{sheet}」" for file, sheet in _SHEETS.items()},
}
# The keys of entries as the rules name them, and the headings of their columns.
_COLUMNS = {
    "actuals": "実績",
    "amount": "予算額（円）",
    "as_of": "時点",
    "averages": "全国平均",
    "bound": "向き",
    "branch": "支部",
    "closing": "右端の数",
    "comparison": "シート「比べ方」",
    "earlier": "審査を受ける前の版のデータ",
    "eligible": "対象者数（人）",
    "entered": "入力した数",
    "executed": "執行額（円）",
    "field": "区分",
    "fiscal_year": "年度",
    "handouts": "シート「会議」の作る資料",
    "heading": "計画の見出し",
    "kpi": "KPI",
    "label": "行の名前",
    "levels": "番号の階層",
    "mark": "実施状況",
    "mark_reason": "印の理由",
    "marks": "印を付ける語句",
    "monthly": "月別の表",
    "opening": "引き継ぐ数",
    "pairs": "前年度の段落",
    "part": "分子",
    "plan": "計画の段落",
    "population": "対象者",
    "previous": "前年度のデータ",
    "rank": "全国順位",
    "recipients": "シート「宛先」",
    "rows": "印刷する行",
    "sentence": "印刷する文",
    "slash": "順位に斜線",
    "table": "執行実績の表",
    "target": "目標",
    "targets": "目標（年度ごと）",
    "text": "実施状況の文",
    "topic": "計画の見出し",
    "values": "月の欄",
    "whole": "分母",
    "year": "年度",
}
_KEYS = "|".join(sorted(_COLUMNS, key=len, reverse=True))
_PATTERN = re.compile(
    "|".join(
        (
            " ?(?P<phrase>" + "|".join(map(re.escape, sorted(_PHRASES, key=len, reverse=True))) + ") ?",
            f"「(?P<row>{_KEYS}): 」の行",
            f"「(?P<written>{_KEYS}): (?P<value>[^」]*)」",
            f"（(?P<bracketed>{_KEYS}|kpi|id)）",
            "「[^」]*」",  # somebody's own words stay
            r"\{[^{}]*\}",
            rf" ?(?<![\w.-])(?P<key>{_KEYS})(?![\w.-]) ?",
        )
    )
)
_LINES = re.compile("(計画の|（)([0-9]+)(行)")


def in_words_of_sheets(findings: Iterable[Finding], reading: Reading, file: str) -> tuple[Finding, ...]:
    """The findings that the rules have on the dataset of a workbook, with sheets, columns and rows."""
    shift = _shift(reading)

    def said(text: str) -> str:
        text = _PATTERN.sub(_replaced, text)
        return _LINES.sub(lambda found: f"{found[1]}{int(found[2]) + shift}{found[3]}", text)

    return tuple(
        unruled(
            _place(finding.place, file),
            said(finding.found),
            said(finding.allowed),
            said(finding.remedy),
            finding.severity,
        )
        if finding.rule.id == "unruled"
        else finding.moved(lambda place: _place(place, file))
        for finding in findings
    )


def _replaced(match: re.Match[str]) -> str:
    found = match.groupdict()
    if found["phrase"]:
        return _PHRASES[found["phrase"]]
    if found["row"]:
        return f"「{_COLUMNS[found['row']]}」の欄"
    if found["written"]:
        return f"「{_COLUMNS[found['written']]}」の欄に「{(found['value'] or '').strip('[]')}」"
    if found["bracketed"]:
        return ""
    return f"「{_COLUMNS[found['key']]}」" if found["key"] else match[0]


def _place(place: Place, file: str) -> Place:
    """Where a rule knows no more than the file, the sheet."""
    return Place(file, cell=_SHEETS[place.file]) if place.file in _SHEETS else place


def _shift(reading: Reading) -> int:
    """How many rows of the sheet stand above the first of the plan."""
    paragraphs = reading.dataset.plan.paragraphs if reading.dataset else ()
    for paragraph in paragraphs[:1]:
        place = reading.places.get(f"plan:{paragraph.id}")
        row = re.search("[0-9]+$", place.cell or "") if place else None
        return int(row[0]) - paragraph.line if row else 0
    return 0
