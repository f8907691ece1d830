"""Datasets of every kind for tests that hold for all of them."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from handouts.dataset.budget import BudgetField, Initiative
from handouts.dataset.fields import Mark
from handouts.dataset.fiscal import FiscalYear, YearForm
from handouts.dataset.kpis import Kpi, Population
from handouts.dataset.model import Dataset
from handouts.dataset.monthly import TABLE_ID_LENGTH, MonthlySeries, MonthlyTable
from handouts.dataset.plan import Plan
from handouts.dataset.plan_text import parse_plan
from handouts.dataset.progress import ProgressEntry, ProgressItem, entry_ids
from handouts.dataset.settings import HandoutSettings, NumberingStyle, Overrides
from handouts.findings import DataFaults

PIECES = st.sampled_from(
    [
        *"健診のア１1aZ（）「」、。%：:#{}[]\"'\\,&*!|>@`-?~=　 ①Ⅱ㌫𠮷",
        ": ",
        " #",
        "{name}",
        "true",
        "null",
        "2.5",
    ]
)
LINES = st.lists(PIECES, min_size=1, max_size=8).map("".join).map(str.strip).filter(bool)
IDS = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
COUNTS = st.integers(0, 10**9)
NUMBERS = st.decimals(0, 100, places=2) | st.integers(0, 100).map(Decimal)
TARGETS = st.none() | st.decimals(-(10**6), 10**6, places=1) | st.just("対前年度以上")
YEARS = st.integers(1990, 2060).map(FiscalYear)
FIGURES = st.decimals(-(10**9), 10**9, places=2) | st.integers(-(10**9), 10**9).map(Decimal)
MARKS = st.none() | st.sampled_from(Mark)
RANKS = st.none() | st.integers(1, 47)
KPIS = st.builds(
    Kpi,
    id=IDS,
    name=LINES,
    target=TARGETS,
    unit=st.sampled_from(("%", "％")) | LINES,
    bound=st.just("以上"),
    sentence=st.none() | LINES,
    group=st.just("") | LINES,
    list_name=st.just("") | LINES,
    listed=st.booleans(),
    actuals=st.dictionaries(YEARS, FIGURES | st.sampled_from(("実施", "未実施")), max_size=3),
    averages=st.dictionaries(YEARS, FIGURES, max_size=2),
    targets=st.dictionaries(YEARS, st.lists(LINES, min_size=1, max_size=2).map(tuple), max_size=2),
    rank=RANKS,
    mark=MARKS,
    mark_reason=st.just("") | LINES,
    remarks=st.just("") | LINES,
)
INITIATIVES = st.builds(
    Initiative,
    id=IDS,
    name=LINES,
    topic=st.just("") | LINES,
    amount=st.none() | COUNTS,
    executed=st.none() | COUNTS,
    field=st.just("") | LINES,
    new=st.none() | st.booleans(),
)
FIELDS = st.builds(
    BudgetField,
    id=IDS,
    name=LINES,
    table=st.just("") | LINES,
    topic=st.just("") | LINES,
    amount=st.none() | COUNTS,
    executed=st.none() | COUNTS,
)
MONTH_FIGURES = st.none() | st.just("-") | FIGURES
VALUES = (
    st.just(())
    | st.lists(MONTH_FIGURES, min_size=12, max_size=12).map(tuple)
    | st.dictionaries(st.integers(1, 12), MONTH_FIGURES, max_size=4)
)
ROWS = st.lists(st.sampled_from(("単月", "累計", "率")), max_size=3, unique=True).map(tuple)
SERIES = st.builds(
    MonthlySeries,
    year=YEARS,
    label=st.just("") | LINES,
    id=st.none() | IDS,
    values=VALUES,
    eligible=st.none() | COUNTS,
    population=st.none() | IDS,
    opening=st.none() | FIGURES,
    closing=st.none() | FIGURES,
    rows=ROWS,
    part=st.none() | IDS,
    whole=st.none() | IDS,
)
TABLES = st.builds(
    MonthlyTable,
    id=IDS.filter(lambda name: len(name) <= TABLE_ID_LENGTH),
    caption=LINES,
    kpi=st.none() | IDS,
    head=st.just("") | LINES,
    months=st.sampled_from(("4月始まり", "3月始まり")),
    unit=st.sampled_from(("", "%", "％", "人")) | LINES,
    entered=st.sampled_from(("単月", "累計")),
    rows=ROWS,
    grouping=st.sampled_from(("年度ごと", "種類ごと")),
    closing=st.lists(st.sampled_from(("計", "合計", "累計", "平均", "実施率")), max_size=3).map(tuple),
    decimals=st.integers(0, 4),
    as_of=st.none() | st.integers(1, 12),
    series=st.lists(SERIES, min_size=1, max_size=3).map(tuple),
)
PROSE = st.lists(st.just("") | st.just("```") | st.just("甲 | 乙") | LINES, max_size=5).map(
    lambda lines: "\n".join(lines).rstrip()
)
ITEMS = st.builds(ProgressItem, heading=LINES, badge=st.just("") | LINES)
ENTRIES = st.builds(
    ProgressEntry,
    id=st.none() | IDS,
    plan=st.none() | IDS,
    kpi=st.none() | IDS,
    mark=MARKS,
    mark_reason=st.just("") | LINES,
    rank=RANKS,
    slash=st.booleans(),
    monthly=st.lists(IDS, max_size=2).map(tuple),
    text=PROSE,
)
POPULATIONS = st.builds(
    Population,
    id=IDS,
    group=LINES,
    item=LINES,
    eligible=COUNTS,
    rate=NUMBERS,
    planned=COUNTS,
    rate_label=LINES,
)
SETTINGS = st.builds(
    HandoutSettings,
    material=LINES,
    meeting=LINES,
    date=st.none() | st.dates(),
    title=LINES,
    totals=st.booleans(),
    agenda=st.just("") | LINES,
    note=st.just("") | LINES,
    charts=st.sampled_from(("末尾", "項目ごと", "なし")),
)
OVERRIDES = st.builds(
    Overrides,
    pairs=st.dictionaries(LINES, st.none() | LINES, max_size=3),
    marks=st.dictionaries(IDS, st.lists(LINES, max_size=2).map(tuple), max_size=3),
)
MAILBOXES = st.builds("{} <{}@example.jp>".format, LINES.filter(lambda line: not set(line) & set('<>"')), IDS)
RECIPIENTS = st.fixed_dictionaries(
    {}, optional={group: st.lists(MAILBOXES, max_size=6).map(tuple) for group in ("評議会委員", "支部内")}
)
STYLES = st.just(NumberingStyle()) | st.just(
    NumberingStyle(levels=("I. ", "1．", "(1) ", "①", "ｱ "), kpi="（１）", bullet="・ ", running=(2, 3))
)
KINDS = ("plan", "plan-budget", "final-report", "progress", "results")


@st.composite
def plans(draw: st.DrawFn, style: NumberingStyle) -> Plan:
    labels = st.sampled_from([*style.levels, "", "・", "※", "【重要度：高】", "■KPI：", "\n"])
    rows = draw(st.lists(st.tuples(labels, LINES), min_size=1, max_size=8))
    text = style.levels[0] + "基盤 {#kiban}\n" + "\n".join(label + line for label, line in rows)
    try:
        return parse_plan(text, style, "plan.md").plan
    except DataFaults:
        return parse_plan(style.levels[0] + "基盤\n\n・本文\n", style, "plan.md").plan


@st.composite
def datasets(draw: st.DrawFn) -> Dataset:
    style = draw(STYLES)
    return Dataset(
        name="r7",
        branch=draw(LINES.filter(lambda line: not line.endswith("支部"))),
        fiscal_year=FiscalYear(draw(st.integers(2019, 2099))),
        year_form=draw(st.sampled_from(YearForm)),
        edition=draw(st.sampled_from(("案", "本部提出", "最終"))),
        plan=draw(plans(style)),
        initiatives=tuple(draw(st.lists(INITIATIVES, max_size=2))),
        fields=tuple(draw(st.lists(FIELDS, max_size=2))),
        kpis=tuple(draw(st.lists(KPIS, max_size=2))),
        populations=tuple(draw(st.lists(POPULATIONS, max_size=2))),
        tables=tuple(draw(st.lists(TABLES, max_size=2))),
        as_of=draw(st.none() | st.integers(1, 12)),
        items=tuple(draw(st.lists(ITEMS, max_size=2))),
        entries=with_ids(draw(st.lists(ENTRIES, max_size=4))),
        numbering=style,
        handouts=draw(st.fixed_dictionaries({}, optional=dict.fromkeys(KINDS, SETTINGS))),
        overrides=draw(OVERRIDES),
        recipients=draw(RECIPIENTS),
        groups=tuple(draw(st.lists(st.sampled_from(("業務", "保健グループ", "審査Ｇ")), max_size=2))),
        previous=draw(st.none() | IDS),
        earlier=draw(st.none() | IDS),
    )


def with_ids(entries: list[ProgressEntry]) -> tuple[ProgressEntry, ...]:
    """The entries with the ids that reading gives them."""
    ids = entry_ids((entry.id, entry.plan) for entry in entries)
    return tuple(entry.model_copy(update={"id": name}) for entry, name in zip(entries, ids, strict=True))
