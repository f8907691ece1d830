"""Rules on what was left for later: marks that stand for a word or figure to come, and examples nobody has overwritten."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from handouts.characters import shortened
from handouts.checks.entered import with_refs
from handouts.checks.texts import PrintedText, filled_texts, plain_texts
from handouts.dataset.examples import is_example_line, is_example_row
from handouts.dataset.model import Dataset
from handouts.dataset.reading import place_of
from handouts.findings import Finding, Place, Rule

UNFINISHED = Rule(
    "text.unfinished",
    "書きかけの印「{marks}」が残っています（{around}）",
    "このまま印刷されます",
    "決まった語や数に書き換えてください",
    "warning",
)
EXAMPLE_ROW = Rule(
    "example.row-left",
    "ひな形の記入例「{name}」がそのまま残っています",
    "",
    "支部のものに書き換えるか、行ごと消してください",
    "warning",
)
EXAMPLE_LINE = Rule(
    "example.line-left",
    "ひな形の説明の文「{text}」がそのまま残っています",
    "",
    "支部の文に書き換えるか、消してください",
    "warning",
)
# Full width as half width, one character for one, so that a part of the one is the same part of the other.
_NARROW = {0xFF01 + n: 0x21 + n for n in range(94)} | {0x3000: 0x20}
_NUMERALS = "一二三四五六七八九十百千"
_COUNTERS = "(?:年度?|か?月|日|回|件|人|円|千円|万円|億円|名|社|[かヶカ]所|位|%|頁|ページ|事業所|支部|歳)"
_BLANK = "[●○◯〇×*xX?]"  # what stands for a figure
_MARKS = re.compile(
    "|".join(
        (
            # The same sign again and again; ◎○△× in a row is a legend, 二〇〇八 a year.
            f"(?<![{_NUMERALS}〇])([●○◯〇×*■□△▲])\\1+(?![{_NUMERALS}〇])",
            r"\?{2,}|_{2,}|^#{2,}$|(?<![A-Za-z])[xX]{2,}(?![A-Za-z])",
            # One sign where a figure belongs; in front of a text it may be a label.
            f"(?:令和|平成|第|約|R) *{_BLANK}+(?![0-9A-Za-z])",
            f"(?<=[^ {_NUMERALS}0-9A-Za-z]){_BLANK}{_COUNTERS}(?![一-龥々ァ-ヶ])",
            f"(?:^|(?<= )){_BLANK}{_COUNTERS}(?=$| )",
            "(?<=[ぁ-ん])●",
            r"(?<![A-Za-z0-9.])[Pp](?:\.? *[●○◯〇×*?]+|\. *[xX]+(?![a-z])|\. *(?![ 0-9A-Za-z]))",
            # Nothing where something belongs.
            r"\( *\)|【 *】|「 *」|(?:令和|平成) +年|第 +回|年 +月 +日|(?<!\d) +月 +日(?![本曜])",
            r"[(【<\[] *(?:例|記入例|記載例|見本|サンプル|仮|案文|要[^)】>\]]{1,6}) *[)】>\]]",
            "(?<![必重主需概摘不所急])要(?:確認|修正|検討|追記|調整|更新|差し?替え?)",
            r"調整中(?!心)|未定(?![着義])|仮置き|仮数値|仮入力|仮題|(?:記載|追記|入力|差し?替え?)予定",
            r"ここに.{0,8}(?:入力|記入|記載|書)|ダミー(?:データ|テキスト|の?文)",
            r"(?<![A-Za-z])(?:TODO|FIXME|TBD|TBA|todo|tbd)(?![A-Za-z])",
            r"#(?:REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!)",
        )
    )
)
_AROUND = 10  # characters on both sides that a message shows


def unfinished_marks(text: str) -> tuple[str, ...]:
    """What in `text` stands for something to come, as it is written there, e.g. ●●, P.○, 調整中."""
    return tuple(text[match.start() : match.end()].strip() for match in _MARKS.finditer(_narrow(text)))


def check_unfinished_texts(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A text with a mark for something to come; examples of the template are another finding."""
    examples = {ref for ref, _ in _example_rows(dataset)}
    for printed in (*filled_texts(dataset), *plain_texts(dataset)):
        if printed.ref.rpartition(".")[0] not in examples and (marks := unfinished_marks(printed.text)):
            place, around = place_of(printed.ref, places), _around(printed)
            yield UNFINISHED.at(place, marks=tuple(dict.fromkeys(marks)), around=around)


def check_examples(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """Rows and lines of a new dataset that are still as the template has them."""
    for ref, name in _example_rows(dataset):
        yield EXAMPLE_ROW.at(place_of(ref, places), name=name)
    for paragraph, ref in with_refs("plan", dataset.plan.paragraphs):
        if is_example_line(paragraph.text):
            yield EXAMPLE_LINE.at(place_of(ref, places), text=shortened(paragraph.text, 3 * _AROUND))


def _example_rows(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """The ref and the name of each row that is one of the template's."""
    for row, ref in with_refs("budget", dataset.initiatives):
        if is_example_row(row):
            yield ref, row.name
    for kpi, ref in with_refs("kpi", dataset.kpis):
        if is_example_row(kpi):
            yield ref, kpi.name
    for population, ref in with_refs("population", dataset.populations):
        if is_example_row(population):
            yield ref, population.item


def _narrow(text: str) -> str:
    return text.translate(_NARROW)


def _around(printed: PrintedText) -> str:
    match = _MARKS.search(_narrow(printed.text))
    assert match is not None
    start, end = max(0, match.start() - _AROUND), match.end() + _AROUND
    before, after = "…" if start else "", "…" if end < len(printed.text) else ""
    return f"{before}{printed.text[start:end].strip()}{after}"
