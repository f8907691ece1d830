"""The plan as text in natural numbering, one paragraph a line: reading it and writing it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from handouts.dataset.labels import COMPOUND, NUMBERED, STANDALONE, Family, Label, recognise
from handouts.dataset.numbering import PAST_THE_LAST, Counters, NoLabel, check_style, family_of, print_label
from handouts.dataset.plan import Kind, Paragraph, Plan
from handouts.dataset.plan_headings import is_unnumbered_heading, settle_headings
from handouts.dataset.plan_ids import give_ids
from handouts.dataset.plan_lines import (
    ESCAPE,
    PLAN_IDS,
    PlanLine,
    Split,
    double_ids,
    escape_id,
    join_kpi_heads,
    read_lines,
    split_line,
    strip_blanks,
)
from handouts.dataset.settings import NumberingStyle
from handouts.findings import ByForm, DataFaults, Finding, Place, Rule

_KINDS = {
    Family.BULLET: Kind.BULLET,
    Family.CIRCLE: Kind.HEADING,
    Family.DIAMOND: Kind.HEADING,
    Family.GROUP: Kind.GROUP,
    Family.NOTE: Kind.NOTE,
    Family.IMPORTANCE: Kind.IMPORTANCE,
    Family.DIFFICULTY: Kind.DIFFICULTY,
    Family.CAPTION: Kind.CAPTION,
}
_STANDALONE = tuple(_KINDS[family] for family in STANDALONE)
_UNLABELLED_AFTER = {Kind.IMPORTANCE: Kind.REASON, Kind.DIFFICULTY: Kind.REASON, Kind.GROUP: Kind.DETAIL}
_ONE_A_LINE = "1行に1段落です"
_WITH_TEXT = ByForm("本文を続けて書くか、行を消してください", "文を書くか、行を消してください")
NO_PARAGRAPHS = Rule("plan.empty", "計画の段落がありません", remedy="1行に1段落で書いてください")
NO_TEXT = Rule(
    "plan.no-text",
    ByForm("「{label}」の後に本文がありません", "「{label}」の後に文がありません"),
    _ONE_A_LINE,
    _WITH_TEXT,
)
ID_ALONE = Rule("plan.id-alone", "id だけの行です", _ONE_A_LINE, _WITH_TEXT)
LIKE_ROMAN = Rule(
    "numbering.like-roman",
    "{number}番目の「{label}」はローマ数字と見分けられません",
    remedy=PAST_THE_LAST.remedy,
)
OTHER_NUMBER = Rule(
    "plan.other-number",
    "「{typed}」は順番では「{printed}」です",
    remedy="「{printed}」と印刷します。違うときは、抜けた項目や並び順を直してください",
    severity="warning",
)
UNKNOWN_LABEL = Rule(
    "plan.unknown-label",
    "「{label}」は番号の書き方にないので、本文として読みました",
    "使える番号は「{known}」です",
    ByForm(
        "番号なら dataset.yaml の番号の書き方に加え、本文なら行の初めに「\\」を付けてください",
        "番号ならシート「会議」の番号に加え、本文なら文の初めに「\\」を付けてください",
    ),
    "warning",
)


@dataclass(frozen=True, slots=True)
class ParsedPlan:
    """A plan read from text, and what is odd in it."""

    plan: Plan
    findings: tuple[Finding, ...] = ()


def parse_plan(text: str, style: NumberingStyle, file: str) -> ParsedPlan:
    """The plan in `text`, its labels printed in `style`; raises DataFaults with all faults."""
    if wrong := check_style(style, lambda _: Place(file)):
        raise DataFaults(wrong)
    lines, findings = read_lines(text, file, PLAN_IDS)
    findings += double_ids(lines, file)
    reader = PlanReader(style, file)
    read = [reader.read(line) for line in join_kpi_heads(lines)]
    findings += reader.findings
    if not read:
        findings.append(NO_PARAGRAPHS.at(Place(file)))
    findings.sort(key=lambda finding: finding.place.line or 0)
    if faults := [finding for finding in findings if finding.severity == "error"]:
        raise DataFaults(faults)
    paragraphs = settle_headings(read, frozenset(reader.bodies))
    return ParsedPlan(Plan(give_ids(paragraphs)), tuple(findings))


def print_plan(plan: Plan, style: NumberingStyle) -> str:
    """The text of a plan, which parse_plan reads back as the same plan, on the same lines."""
    rows: list[str] = []
    for paragraph, row in zip(plan.paragraphs, print_rows(plan, style), strict=True):
        rows += [""] * (paragraph.line - 1 - len(rows))
        rows.append(row + (f" {{#{paragraph.id}}}" if paragraph.has_written_id else ""))
    return "".join(f"{row}\n" for row in rows)


def print_rows(plan: Plan, style: NumberingStyle) -> tuple[str, ...]:
    """The line of each paragraph, without its id."""
    printer = _Printer(style)
    befores = (None, *plan.paragraphs)
    afters = (*plan.paragraphs[1:], None)
    return tuple(
        printer.row(before, paragraph, after)
        for before, paragraph, after in zip(befores, plan.paragraphs, afters, strict=False)
    )


class PlanReader:
    """Gives each line its kind, number and label from the lines before it; levels are those of the style.

    `findings` is what was odd so far.
    """

    def __init__(self, style: NumberingStyle, file: str) -> None:
        self.findings: list[Finding] = []
        self.bodies: set[int] = set()  # the lines that cannot be unnumbered headings
        self._style = style
        self._file = file
        self._counters = Counters(style.levels, style.running)
        self._families = frozenset(self._counters.families)
        self._unlabelled = Kind.BODY  # what a line without a label is here
        self._is_in_kpis = False
        self._kpi_family: Family | None = None  # the labels with which the list of KPIs goes on
        self._kpi_count = 0  # under the last numbered heading or item

    def read(self, line: PlanLine) -> Paragraph:
        """The paragraph of the next line, its kind not settled where that depends on what follows."""
        split = split_line(line.text, self._families)
        paragraph = self._paragraph(line, split)
        self._pass(paragraph)
        if not paragraph.text and paragraph.kind not in _STANDALONE:
            place = Place(self._file, line.number)
            self.findings.append(NO_TEXT.at(place, label=line.text) if line.text else ID_ALONE.at(place))
        return replace(paragraph, id=line.id or "", has_written_id=line.id is not None, line=line.number)

    def next_label(self, level: int, is_first: bool = False) -> str:
        """The label that a paragraph at a level of the style would bear next; `is_first` where it begins a list."""
        return self._print(
            self._style.levels[level - 1], 1 if is_first else self._counters.next_number(level)
        )

    def next_kpi_label(self, has_head: bool, is_first: bool = False) -> str:
        """The label of the next numbered KPI, with or without the head in front of it."""
        label = self._print(self._style.kpi, 1 if is_first else self._kpi_count + 1)
        return self._style.kpi_head + label if has_head else label

    def _paragraph(self, line: PlanLine, split: Split) -> Paragraph:
        label = split.label
        if label is None:
            return self._without_label(line, split)
        if label.family is Family.KPI:
            return self._kpi_head(line, split)
        if self._continues_kpis(label):
            return self._numbered_kpi(line, label, split.text)
        if label.family in self._families:
            return self._labelled(line, label, split.text)
        if label.family in NUMBERED:
            return self._unknown(line, label, split.text)
        return self._marked(label, split.text)

    def _pass(self, paragraph: Paragraph) -> None:
        """Remembers what the next line depends on."""
        kind = paragraph.kind
        if kind in (Kind.HEADING, Kind.ITEM):
            self._kpi_count = 0
        self._is_in_kpis = _is_in_kpis_behind(kind, self._is_in_kpis)
        stays = kind in (Kind.REASON, Kind.DETAIL) or (kind is Kind.NOTE and self._unlabelled is Kind.DETAIL)
        self._unlabelled = self._unlabelled if stays else _UNLABELLED_AFTER.get(kind, Kind.BODY)

    def _without_label(self, line: PlanLine, split: Split) -> Paragraph:
        if split.is_body:
            self.bodies.add(line.number)
        elif self._is_in_kpis and COMPOUND.match(split.text):
            return _draft(Kind.KPI, "", split.text)
        return _draft(self._unlabelled, "", split.text)

    def _kpi_head(self, line: PlanLine, split: Split) -> Paragraph:
        self._kpi_family = split.kpi_number.family if split.kpi_number else None
        if split.kpi_number is None:
            return _draft(Kind.KPI, self._style.kpi_head, split.text)
        if split.kpi_number.number != self._kpi_count + 1:
            self._kpi_count = 0
        kpi = self._numbered_kpi(line, split.kpi_number, split.text)
        return replace(kpi, label=self._style.kpi_head + kpi.label)

    def _numbered_kpi(self, line: PlanLine, label: Label, text: str) -> Paragraph:
        self._kpi_count += 1
        printed = self._printed(line, label, self._style.kpi, self._kpi_count)
        return _draft(Kind.KPI, printed, text, self._kpi_count)

    def _continues_kpis(self, label: Label) -> bool:
        """Where KPIs and items bear the same labels, only the number whose turn it is continues the KPIs."""
        if not self._is_in_kpis or label.family not in (self._kpi_family, family_of(self._style.kpi)):
            return False
        if self._kpi_family is None or label.family not in self._families:
            return self._kpi_family is not None
        # Also the number that would be printed, so that the printed plan is read the same way.
        return self._kpi_count + 1 in (label.number, self._counters.expect(label)[1])

    def _labelled(self, line: PlanLine, label: Label, text: str) -> Paragraph:
        level, number = self._counters.place(label)
        printed = self._printed(line, label, self._style.levels[level - 1], number)
        kind = Kind.HEADING if label.family is Family.CIRCLE else Kind.ITEM
        return _draft(kind, printed, text, number, level)

    def _printed(self, line: PlanLine, label: Label, sample: str, number: int) -> str:
        place = Place(self._file, line.number)
        try:
            printed = self._print(sample, number)
        except NoLabel as none:
            self.findings.append(none.at(place))
            return label.text
        if label.number not in (None, number):
            typed, turn = label.text.strip(), printed.strip()
            self.findings.append(OTHER_NUMBER.at(place, typed=typed, printed=turn))
        return printed

    def _print(self, sample: str, number: int) -> str:
        printed = print_label(sample, number)
        label = recognise(printed + "あ", self._families)
        if label is None or label.family is not family_of(sample):
            raise NoLabel(LIKE_ROMAN, number=number, label=printed.strip())
        return printed

    def _unknown(self, line: PlanLine, label: Label, text: str) -> Paragraph:
        self.bodies.add(line.number)
        known = "」「".join(sample.strip() for sample in (*self._style.levels, self._style.bullet))
        place = Place(self._file, line.number)
        self.findings.append(UNKNOWN_LABEL.at(place, label=label.text.strip(), known=known))
        return _draft(self._unlabelled, "", strip_blanks(label.text + text))

    def _marked(self, label: Label, text: str) -> Paragraph:
        kind = _KINDS[label.family]
        if kind is Kind.BULLET:
            is_detail = self._unlabelled is Kind.DETAIL
            return _draft(Kind.DETAIL if is_detail else kind, self._style.bullet, text)
        if kind in (Kind.IMPORTANCE, Kind.DIFFICULTY):
            return _draft(kind, _canonical_importance(label.text), text)
        return _draft(kind, label.text, text)


def _draft(kind: Kind, label: str, text: str, number: int | None = None, level: int = 0) -> Paragraph:
    return Paragraph("", kind, level, label, text, number)


def _is_in_kpis_behind(kind: Kind, is_in_kpis: bool) -> bool:
    # Notes do not close a list of KPIs.
    return kind is Kind.KPI or (is_in_kpis and kind is Kind.NOTE)


def _canonical_importance(label: str) -> str:
    inside = re.sub("[【】]", "", label).replace(":", "：").partition("：")
    name, _, degree = map(strip_blanks, inside)
    return f"【{name}：{degree}】" if degree else f"【{name}】"


class _Printer:
    """Writes one paragraph after the other, with a backslash where the text would be read as something else."""

    def __init__(self, style: NumberingStyle) -> None:
        self._families = frozenset(family_of(sample) for sample in style.levels)
        self._kpi_family = family_of(style.kpi)
        self._is_in_kpis = False

    def row(self, before: Paragraph | None, paragraph: Paragraph, after: Paragraph | None) -> str:
        text = self._labelled(paragraph) if paragraph.label else self._unlabelled(before, paragraph, after)
        self._is_in_kpis = _is_in_kpis_behind(paragraph.kind, self._is_in_kpis)
        return escape_id(text)

    def _labelled(self, paragraph: Paragraph) -> str:
        row = paragraph.label + paragraph.text
        split = split_line(row, self._families)
        is_same = (split.label_text, split.text) == (paragraph.label, paragraph.text)
        return row if is_same else f"{paragraph.label}{ESCAPE}{paragraph.text}"

    def _unlabelled(self, before: Paragraph | None, paragraph: Paragraph, after: Paragraph | None) -> str:
        text = paragraph.text
        if paragraph.kind in (Kind.HEADING, Kind.KPI):
            return text
        split = split_line(text, self._families)
        is_heading = before and after and is_unnumbered_heading(before, text, after)
        is_mistakable = self._is_mark(text, split.label) or (is_heading and paragraph.kind is Kind.BODY)
        is_same = split.label_text + split.text == text
        return text if is_same and not is_mistakable else ESCAPE + text

    def _is_mark(self, text: str, label: Label | None) -> bool:
        if self._is_in_kpis and (COMPOUND.match(text) or (label and label.family is self._kpi_family)):
            return True
        return label is not None and (label.family in self._families or label.family not in NUMBERED)
